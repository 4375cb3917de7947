import { LruMap } from '#storage/lru-map.ts';

/** Empty partitions that are remembered; of more, those that were asked longest ago are asked again. */
const REMEMBERED = 10_000;
/** Partitions of writes that failed; once there are more, nothing new is learned. */
const MOST_DOUBTS = 10_000;

/** Called when a whole partition was found empty. */
export type FoundEmpty = (partition: string) => void;

/**
 * The partitions of which a process knows that nothing is in them: only while nobody else writes to the table, and where its
 * answers are strongly consistent. A page asks up to eight partitions, of which most are empty in most stores: what has come
 * one by one is in no pack, what has come in arrays mostly in no row, and few statements are referred to.
 */
export class EmptyPartitions {
  readonly #empty = new LruMap<string, true>(REMEMBERED);
  /** A write that failed may still be carried out, at any time. */
  readonly #doubtful = new Set<string>();
  /** Writes ever begun, and those that have not ended. */
  #begun = 0;
  #underWay = 0;

  has(partition: string): boolean {
    return this.#empty.get(partition) === true;
  }

  /** To be called before a partition is asked. What is found while anything is written proves nothing. */
  asking(): FoundEmpty {
    const [begun, isQuiet] = [this.#begun, this.#underWay === 0];
    return (partition) => {
      const isCertain = isQuiet && this.#begun === begun && !this.#doubtful.has(partition);
      if (isCertain && this.#doubtful.size <= MOST_DOUBTS) this.#empty.set(partition, true);
    };
  }

  /** @param partitions all that the write may bring something into */
  async writing<Result>(partitions: ReadonlySet<string>, write: () => Promise<Result>): Promise<Result> {
    this.#begun += 1;
    this.#underWay += 1;
    for (const partition of partitions) this.#empty.delete(partition);
    try {
      return await write();
    } catch (error) {
      for (const partition of partitions) if (this.#doubtful.size <= MOST_DOUBTS) this.#doubtful.add(partition);
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }
}
