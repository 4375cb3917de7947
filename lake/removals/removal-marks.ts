import { createHash } from 'node:crypto';
import { type DayPartition, partitionFolder, REMOVALS_FOLDER } from '#lake/files/layout.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** `pending`: rows may still be in files; `applied`: they are in none that was merged, and must not come back. */
type State = 'pending' | 'applied';

export interface Marks {
  /** Of statements that are to be in the lake no more. */
  readonly positions: ReadonlySet<string>;
  /** The objects that say so. */
  readonly keys: readonly string[];
}

/**
 * Remembers which statements were voided or erased: for ever, because a statement may be told of after that, when the
 * stream is read again. A mark tells a position, which says nothing of its learner.
 */
export class RemovalMarks {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @param positions of statements of that day. Doing it again changes nothing. */
  async add(partition: DayPartition, positions: readonly string[]): Promise<void> {
    await this.#put('pending', partition, new Set(positions));
  }

  /** Pending ones are read before those that are applied: what is moved in between is then seen twice, not never. */
  async read(state: State, partition: DayPartition): Promise<Marks> {
    for (;;) {
      const marks = await this.#readListed(state, partition);
      if (marks !== undefined) return marks;
    }
  }

  /** @returns undefined: some were put together with others since they were listed */
  async #readListed(state: State, partition: DayPartition): Promise<Marks | undefined> {
    const positions = new Set<string>();
    const keys: string[] = [];
    for await (const { key } of this.#objects.list(folderOf(state, partition))) keys.push(key);
    for (const key of keys) {
      const found = await this.#objects.get(key);
      if (found === undefined) return undefined;
      for (const position of linesOf(found.content)) positions.add(position);
    }
    return { positions, keys };
  }

  /** Notes that pending marks are applied, and puts all that are into one object. */
  async apply(partition: DayPartition, pending: Marks, applied: Marks): Promise<void> {
    const key = await this.#put('applied', partition, pending.positions.union(applied.positions));
    for (const old of [...pending.keys, ...applied.keys]) if (old !== key) await this.#objects.delete(old);
  }

  /** @returns the key, which the positions decide */
  async #put(state: State, partition: DayPartition, positions: ReadonlySet<string>): Promise<string> {
    const text = [...positions].toSorted().join('\n');
    const key = `${folderOf(state, partition)}${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
    await this.#objects.put(key, Buffer.from(text));
    return key;
  }
}

export interface AllMarks {
  readonly pending: Marks;
  readonly applied: Marks;
  /** Positions of both. */
  readonly removed: ReadonlySet<string>;
}

/**
 * To be read after the manifest: a mark that comes later finds the rows in the files that the manifest names, or in what is
 * made of them, so it stays pending until they are gone. A row that was written again after its mark was applied is in a
 * file that an older mark is read for.
 */
export async function readMarks(marks: RemovalMarks, partition: DayPartition): Promise<AllMarks> {
  const pending = await marks.read('pending', partition);
  const applied = await marks.read('applied', partition);
  return { pending, applied, removed: pending.positions.union(applied.positions) };
}

/** All pending marks, by partition. */
export const PENDING_FOLDER = `${REMOVALS_FOLDER}pending/`;

function folderOf(state: State, partition: DayPartition): string {
  return `${REMOVALS_FOLDER}${state}/${partitionFolder(partition)}`;
}

function linesOf(content: Uint8Array): readonly string[] {
  return Buffer.from(content)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}
