import { LAKE_TABLES } from '#lake/columns.ts';
import { type FileName, parseFileName } from '#lake/files/file-name.ts';
import { positionsIn } from '#lake/files/file-rows.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** Positions that are remembered, of about 100 bytes each. */
const REMEMBERED = 100_000;

/**
 * Tells which statements are in the lake already. Files never change, so what was read of one, or written into it, is
 * true for ever.
 */
export class KnownPositions {
  readonly #objects: ObjectStore;
  readonly #files = new Map<string, readonly string[]>();
  #count = 0;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /**
   * Of these positions those that current files have. Only files whose range meets theirs are looked into, of which there
   * are few: statements arrive about in the order in which they were stored.
   *
   * @param names of the current files of the partition
   */
  async among(
    positions: readonly string[],
    partition: DayPartition,
    names: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const wanted = new Set(positions);
    const found = new Set<string>();
    for (const name of names) {
      const file = parseFileName(name);
      if (file === undefined || !positions.some((position) => file.first <= position && position <= file.last))
        continue;
      for (const position of await this.#of(partition, name, file)) if (wanted.has(position)) found.add(position);
    }
    return found;
  }

  remember(name: string, positions: readonly string[]): void {
    if (positions.length > REMEMBERED / 2) return;
    if (this.#count + positions.length > REMEMBERED) {
      this.#files.clear();
      this.#count = 0;
    }
    this.#files.set(name, positions);
    this.#count += positions.length;
  }

  async #of(partition: DayPartition, name: string, file: FileName): Promise<readonly string[]> {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const positions = await positionsIn(this.#objects, LAKE_TABLES.statements, partition, name, file);
    this.remember(name, positions);
    return positions;
  }
}
