import { LruMap } from '#storage/lru-map.ts';

/** Partitions whose items are remembered; of more, those that were read longest ago are forgotten. */
const REMEMBERED = 1_000;

/** Statements of a section that share what is asked for, where any do; and for how many items are read on this guess. */
const USUALLY_SHARED = 5;
const GUESSED = 100;

/** An item of a partition, which leads to so many statements. */
interface Sized {
  readonly size: number;
}

/**
 * How many entries or packs to read at first for a page. What a page took of a partition tells it for the next one: to read
 * more costs units and time, to read fewer another request. Nothing but that depends on it.
 */
export class UsualItems {
  /** By partition: statements of an item, on average. */
  readonly #sizes = new LruMap<string, number>(REMEMBERED);

  /** What was read of a partition last. */
  note(partition: string, items: readonly Sized[]): void {
    const statements = items.reduce((sum, { size }) => sum + size, 0);
    if (statements > 0) this.#sizes.set(partition, statements / items.length);
  }

  /** @param guess statements of an item, where nothing is known of the partition; absent: few, as where they share some value */
  for(partition: string, statements: number, guess?: number): number {
    const known = this.#sizes.get(partition) ?? guess;
    if (known !== undefined) return Math.ceil(statements / known);
    return Math.ceil(Math.min(statements, GUESSED) / USUALLY_SHARED);
  }
}
