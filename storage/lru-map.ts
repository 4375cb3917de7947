/** A map that forgets what was used longest ago once what it holds is larger than `capacity`. */
export class LruMap<Key, Value> {
  readonly #capacity: number;
  readonly #sizeOf: (value: Value) => number;
  /** In the order of last use. */
  readonly #entries = new Map<Key, Value>();
  /** Of what was used last, which stands last already, unless it was deleted. */
  #newest: Key | undefined;
  /** Of all values. */
  #held = 0;

  /** @param sizeOf the same for a value at all times, in the unit of the capacity; absent: entries are counted */
  constructor(capacity: number, sizeOf: (value: Value) => number = () => 1) {
    this.#capacity = capacity;
    this.#sizeOf = sizeOf;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined && key !== this.#newest) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
      this.#newest = key;
    }
    return value;
  }

  /** What is larger than the capacity is forgotten at once, with all others. */
  set(key: Key, value: Value): void {
    this.delete(key);
    this.#newest = key;
    this.#entries.set(key, value);
    this.#held += this.#sizeOf(value);
    if (this.#held > this.#capacity) this.#forgetOldest();
  }

  delete(key: Key): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#held -= this.#sizeOf(value);
  }

  #forgetOldest(): void {
    for (const key of this.#entries.keys()) {
      this.delete(key);
      if (this.#held <= this.#capacity) return;
    }
  }
}
