import { LruMap } from '#storage/lru-map.ts';

const CAPACITY = 5_000;
const VARIANTS = 8;

/**
 * Remembers, within a bound, what has been said of a subject and brought nothing new, by hash. What changes the
 * knowledge of a subject makes earlier sayings worth hearing again: a name may be changed and changed back.
 */
export class KnownAlready {
  readonly #hashes = new LruMap<string, readonly string[]>(CAPACITY);

  has(subject: string, hash: string): boolean {
    return this.#hashes.get(subject)?.includes(hash) ?? false;
  }

  /** @param changed whether it was new, as far as the others are concerned. */
  add(subject: string, hashes: Iterable<string>, changed: boolean): void {
    const earlier = changed ? [] : (this.#hashes.get(subject) ?? []);
    this.#hashes.set(subject, [...new Set([...hashes, ...earlier])].slice(0, VARIANTS));
  }
}
