import { LruMap } from '#storage/lru-map.ts';

/** How long a value that was changed or removed is still taken for what it was, in milliseconds. */
const FOUND_MS = 30_000;
/** Shorter, because who has just been given a credential uses it at once. */
const MISSING_MS = 5_000;
/** How old a value may be that somebody has a reason to doubt, in milliseconds. */
const DOUBTED_MS = 2_000;
/** Of the values that were found; apart from them, of the keys that are unknown. */
const CAPACITY = 1_000;

interface Found<Value> {
  readonly value: Value;
  /** Milliseconds of the clock before it was read. */
  readonly asked: number;
}

/**
 * Spares a warm function the read of what it has read shortly before: a credential, a store, an issuer, its keys. Reads of
 * one key that are under way are shared, failed ones are not kept. Who sends unknown keys displaces no known one.
 */
export class CachedReads<Value> {
  readonly #read: (key: string) => Promise<Value | undefined>;
  readonly #now: () => number;
  readonly #found = new LruMap<string, Found<Value>>(CAPACITY);
  /** Key → when it is read again. */
  readonly #missing = new LruMap<string, number>(CAPACITY);
  readonly #underWay = new Map<string, Promise<Value | undefined>>();

  /** @param now milliseconds. */
  constructor(read: (key: string) => Promise<Value | undefined>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** What was read at most 30 s ago, or 5 s ago if there was nothing; else reads. @throws whatever the read throws. */
  async get(key: string): Promise<Value | undefined> {
    return this.#getWithin(key, FOUND_MS);
  }

  /**
   * As `get`, but of a value that may have been changed since, as what somebody shows does not fit it: read at most 2 s ago.
   */
  async getDoubted(key: string): Promise<Value | undefined> {
    return this.#getWithin(key, DOUBTED_MS);
  }

  /** The value if it is kept as found at this moment; reads nothing. */
  peek(key: string): Value | undefined {
    return this.#fresh(key, FOUND_MS)?.value;
  }

  async #getWithin(key: string, age: number): Promise<Value | undefined> {
    const found = this.#fresh(key, age);
    if (found !== undefined) return found.value;
    if (this.#now() < (this.#missing.get(key) ?? 0)) return undefined;
    return this.#underWay.get(key) ?? this.#begin(key);
  }

  #fresh(key: string, age: number): Found<Value> | undefined {
    const found = this.#found.get(key);
    return found !== undefined && this.#now() < found.asked + age ? found : undefined;
  }

  #begin(key: string): Promise<Value | undefined> {
    const reading = this.#readAndKeep(key).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  async #readAndKeep(key: string): Promise<Value | undefined> {
    // From before the read, because what comes back may have been changed since.
    const asked = this.#now();
    const value = await this.#read(key);
    this.#found.delete(key);
    this.#missing.delete(key);
    if (value === undefined) this.#missing.set(key, asked + MISSING_MS);
    else this.#found.set(key, { value, asked });
    return value;
  }
}
