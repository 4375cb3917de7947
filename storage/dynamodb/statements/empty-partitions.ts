import { LruMap } from '#storage/lru-map.ts';

/** Empty partitions that are remembered; of more, those that were asked longest ago are asked again. */
const REMEMBERED = 10_000;
/** Partitions of writes that failed; once there are more, nothing new is learned. */
const MOST_DOUBTS = 10_000;

/** Somebody who asks a whole partition. */
interface Asker {
  /** Whether anything was being written there meanwhile: then the answer proves nothing. */
  isDisturbed: boolean;
}

/**
 * The partitions of which a process knows that nothing is in them: only while nobody else writes there, and where answers
 * are strongly consistent. A page asks up to seven partitions, of which most are empty in most stores: what has come one by
 * one is in no pack, what has come in arrays mostly in no row, and few statements are referred to.
 */
export class EmptyPartitions {
  readonly #empty = new LruMap<string, true>(REMEMBERED);
  /** A write that failed may still be carried out, at any time: also one that was refused, if it had been sent before. */
  readonly #doubtful = new Set<string>();
  readonly #askers = new Map<string, Set<Asker>>();
  /** Writes under way, of each partition that has any. */
  readonly #writes = new Map<string, number>();

  has(partition: string): boolean {
    return this.#empty.get(partition) === true;
  }

  /** @param ask for everything that is in the partition */
  async asking<Answer>(
    partition: string,
    ask: () => Promise<Answer>,
    isEmpty: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const asker: Asker = { isDisturbed: this.#writes.has(partition) };
    const askers = this.#askers.get(partition) ?? new Set();
    this.#askers.set(partition, askers.add(asker));
    try {
      const answer = await ask();
      if (!asker.isDisturbed && isEmpty(answer)) this.#learn(partition);
      return answer;
    } finally {
      askers.delete(asker);
      if (askers.size === 0) this.#askers.delete(partition);
    }
  }

  /** @param partitions all that the write may bring something into */
  async writing<Result>(partitions: ReadonlySet<string>, write: () => Promise<Result>): Promise<Result> {
    for (const partition of partitions) this.#begin(partition);
    try {
      return await write();
    } catch (error) {
      for (const partition of partitions) this.#doubt(partition);
      throw error;
    } finally {
      for (const partition of partitions) this.#end(partition);
    }
  }

  #learn(partition: string): void {
    if (this.#doubtful.size <= MOST_DOUBTS && !this.#doubtful.has(partition)) this.#empty.set(partition, true);
  }

  #doubt(partition: string): void {
    if (this.#doubtful.size <= MOST_DOUBTS) this.#doubtful.add(partition);
  }

  #begin(partition: string): void {
    this.#empty.delete(partition);
    for (const asker of this.#askers.get(partition) ?? []) asker.isDisturbed = true;
    this.#writes.set(partition, (this.#writes.get(partition) ?? 0) + 1);
  }

  #end(partition: string): void {
    const others = (this.#writes.get(partition) ?? 1) - 1;
    if (others === 0) this.#writes.delete(partition);
    else this.#writes.set(partition, others);
  }
}
