import { LruMap } from '#storage/lru-map.ts';

const CAPACITY = 5_000;
/** Of each subject. */
export const VARIANTS = 8;

/** What is remembered of a subject: another array with whatever is added or changed. */
export type Memory = readonly string[] | undefined;

/**
 * Remembers, within a bound, what has been said of a subject and brought nothing new, by hash. What changes the
 * knowledge of a subject makes earlier sayings worth hearing again: a name may be changed and changed back.
 */
export class KnownAlready {
  readonly #hashes = new LruMap<string, readonly string[]>(CAPACITY);

  has(subject: string, hash: string): boolean {
    return this.#hashes.get(subject)?.includes(hash) ?? false;
  }

  memoryOf(subject: string): Memory {
    return this.#hashes.get(subject);
  }

  /**
   * @param hashes of what brought nothing new
   * @param memory from before the knowledge was read: where it is another by now, that may have changed since
   */
  add(subject: string, hashes: Iterable<string>, memory: Memory): void {
    if (this.memoryOf(subject) === memory) this.#remember(subject, [...hashes, ...(memory ?? [])]);
  }

  /**
   * @param hashes of what would bring nothing new after the change
   * @param memory from before the change: where it is another by now, nobody knows which change was the last
   */
  change(subject: string, hashes: Iterable<string>, memory: Memory): void {
    this.#remember(subject, this.memoryOf(subject) === memory ? [...hashes] : []);
  }

  #remember(subject: string, hashes: readonly string[]): void {
    this.#hashes.set(subject, [...new Set(hashes)].slice(0, VARIANTS));
  }
}
