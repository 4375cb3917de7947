/**
 * How often things were met lately, in two generations: of the last so much that came, at least the newer half is known, at
 * most all of it. To forget a whole generation takes no time, where an `LruMap` looks for the oldest each time.
 */
export class RecentlyMet<Thing> {
  readonly #span: number;
  /** Times that each was met. */
  #young = new Map<Thing, number>();
  #old: ReadonlyMap<Thing, number> = new Map<Thing, number>();
  /** Of the young ones. */
  #size = 0;

  /** @param span the sizes of what is known, at most, together */
  constructor(span: number) {
    this.#span = span;
  }

  /** From now on, the thing has been met once more. @returns how often it had been before */
  meet(thing: Thing, size: number): number {
    const young = this.#young.get(thing);
    const times = young ?? this.#old.get(thing) ?? 0;
    if (young === undefined) this.#makeRoom(size);
    this.#young.set(thing, times + 1);
    return times;
  }

  #makeRoom(size: number): void {
    if (this.#size + size > this.#span / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#size = 0;
    }
    this.#size += size;
  }
}
