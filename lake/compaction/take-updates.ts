import { parseUpdates } from '#lake/dimensions/collect-updates.ts';
import { DIMENSION_NAMES, DIMENSIONS, type DimensionRow } from '#lake/dimensions/dimension.ts';
import { DimensionTable } from '#lake/dimensions/dimension-table.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import { UPDATES_KEY } from '#lake/lake-writer.ts';
import type { ParquetReader } from '#lake/parquet/parquet-reader.ts';
import { readMarks, type RemovalMarks } from '#lake/removals/removal-marks.ts';
import type { ObjectStore } from '#storage/object-store.ts';

export interface MergeDeps {
  readonly objects: ObjectStore;
  readonly marks: RemovalMarks;
  /** Milliseconds that files stay for readers that are at them, after others have taken their place. */
  readonly grace: number;
}

/**
 * Takes what files say into the dimensions, before these files go: taking it in twice does no harm, never would.
 *
 * Erasure marks statements first and then replaces the dimension of actors, whatever is in it. So who reads the marks
 * behind the dimension, as this does, either knows of the erasure or comes too late to replace what it has read.
 */
export async function takeUpdates(
  deps: MergeDeps,
  partition: DayPartition,
  readers: readonly ParquetReader[],
): Promise<void> {
  const updates = readers.map((reader) => ({ reader, ...parseUpdates(reader.metadata(UPDATES_KEY)) }));
  for (const name of DIMENSION_NAMES) {
    const rows = updates.flatMap((update) => update[name]);
    if (rows.length === 0) continue;
    const table = new DimensionTable(deps.objects, DIMENSIONS[name], deps.grace > 0);
    await table.takeIn(partition.store, () =>
      name === 'actors' ? actorsThatStay(deps, partition, updates) : Promise.resolve(rows),
    );
  }
}

interface ActorUpdates {
  readonly reader: ParquetReader;
  readonly actors: readonly DimensionRow[];
}

/** Columns with keys of actors. */
const KEY_COLUMNS = ['actor_key', 'object_id', 'instructor_key', 'team_key', 'actor_member_keys'] as const;

/** Of a file with statements that have to go, only those actors are taken that its other rows have. */
async function actorsThatStay(
  { marks }: MergeDeps,
  partition: DayPartition,
  updates: readonly ActorUpdates[],
): Promise<readonly DimensionRow[]> {
  const { removed } = await readMarks(marks, partition);
  const staying: DimensionRow[] = [];
  for (const { reader, actors } of updates) {
    const positions = await reader.column('position');
    const isRemoved = positions.map((position) => removed.has(String(position)));
    if (!isRemoved.includes(true)) {
      staying.push(...actors);
      continue;
    }
    const keys = new Set<unknown>();
    for (const name of KEY_COLUMNS) {
      const column = await reader.column(name);
      for (const key of column.filter((_, row) => isRemoved[row] !== true).flat()) keys.add(key);
    }
    staying.push(...actors.filter(({ actor_key: key }) => keys.has(key)));
  }
  return staying;
}
