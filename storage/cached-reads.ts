import { LruMap } from '#storage/lru-map.ts';

/** How long a value that was changed or removed is still taken for what it was, in milliseconds. */
const FOUND_MS = 30_000;
/** Shorter, because who has just been given a credential uses it at once. */
const MISSING_MS = 5_000;
/** How old a value may be that somebody has a reason to doubt, in milliseconds. */
const DOUBTED_MS = 2_000;
/** How long ago a value was read last that is still in use, in milliseconds. */
const IN_USE_MS = 600_000;
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
  /** Key → milliseconds of the clock before it was read. */
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

  /** Whether it was found within the last ten minutes, and not missing since: then a read of it is no guess. */
  isInUse(key: string): boolean {
    return this.#fresh(key, IN_USE_MS) !== undefined;
  }

  async #getWithin(key: string, age: number): Promise<Value | undefined> {
    const found = this.#fresh(key, age);
    if (found !== undefined) return found.value;
    const missing = this.#missing.get(key);
    if (missing !== undefined && this.#isYounger(missing, MISSING_MS)) return undefined;
    return this.#underWay.get(key) ?? this.#begin(key);
  }

  #fresh(key: string, age: number): Found<Value> | undefined {
    const found = this.#found.get(key);
    return found !== undefined && this.#isYounger(found.asked, age) ? found : undefined;
  }

  /** What is from after now is as old as nobody knows: the clock was set back. */
  #isYounger(asked: number, age: number): boolean {
    const elapsed = this.#now() - asked;
    return elapsed >= 0 && elapsed < age;
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
    if (value === undefined) this.#missing.set(key, asked);
    else this.#found.set(key, { value, asked });
    return value;
  }
}
