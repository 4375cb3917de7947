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
 * How many entries or packs to read at first for a page: as many as a guess says, or fewer, where those of the partition that
 * were read last hold more than that. Never more: one sparse item must not have the next page read dozens of dense ones.
 * Nothing but the number of units and requests depends on it.
 */
export class UsualItems {
  /** By partition: statements of an item, on average. */
  readonly #sizes = new LruMap<string, number>(REMEMBERED);

  /** What was read of a partition last. */
  note(partition: string, items: readonly Sized[]): void {
    const statements = items.reduce((sum, { size }) => sum + size, 0);
    if (statements > 0) this.#sizes.set(partition, statements / items.length);
  }

  for(partition: string, statements: number): number {
    return Math.min(guess(statements), Math.ceil(statements / (this.size(partition) ?? 1)));
  }

  /** Statements of an item of those that were read last, on average. */
  size(partition: string): number | undefined {
    return this.#sizes.get(partition);
  }
}

/** How many items lead to so many statements, before anything is known of them. */
export function guess(statements: number): number {
  return Math.ceil(Math.min(statements, GUESSED) / USUALLY_SHARED);
}
