import { LAKE_TABLES } from '#lake/columns.ts';
import { collectDimensionGarbage } from '#lake/compaction/collect-garbage.ts';
import { type CompactionDeps, compactPartition } from '#lake/compaction/compact-partition.ts';
import type { CompactionResult } from '#lake/compaction/merge-files.ts';
import { DIMENSION_NAMES, DIMENSIONS } from '#lake/dimensions/dimension.ts';
import { dayPartitionIn, type DayPartition, MANIFESTS_FOLDER, partitionFolder } from '#lake/files/layout.ts';
import { PENDING_FOLDER } from '#lake/removals/removal-marks.ts';

/**
 * Milliseconds that a day is looked at after its last change: it is compacted within the next hours, and its old files go
 * after the grace.
 */
const LOOKBACK = 48 * 3_600_000;

export interface LakeRun {
  /** Every day there is, not only those that have changed. */
  readonly full: boolean;
  /** Whether there is time for another partition. */
  readonly goesOn: () => boolean;
  readonly onResult: (partition: DayPartition, result: CompactionResult) => void;
  /** One day that fails must not keep the others from it. */
  readonly onError: (partition: DayPartition, error: unknown) => void;
}

/** Compacts all days that have changed, the oldest first. @returns whether the time was enough for all */
export async function compactLake(deps: CompactionDeps, run: LakeRun): Promise<boolean> {
  const partitions = await partitionsToCompact(deps, run.full);
  const stores = new Set<string>();
  for (const partition of partitions) {
    if (!run.goesOn()) return false;
    stores.add(partition.store);
    try {
      run.onResult(partition, await compactPartition(deps, partition));
    } catch (error) {
      run.onError(partition, error);
    }
  }
  for (const store of stores) {
    for (const name of DIMENSION_NAMES) await collectDimensionGarbage(deps, DIMENSIONS[name].table, { store });
  }
  return true;
}

async function partitionsToCompact(
  { objects, now, grace }: CompactionDeps,
  full: boolean,
): Promise<readonly DayPartition[]> {
  const partitions = new Map<string, DayPartition>();
  const add = (path: string): void => {
    const partition = dayPartitionIn(path);
    if (partition !== undefined) partitions.set(partitionFolder(partition), partition);
  };
  const manifests = `${MANIFESTS_FOLDER}${LAKE_TABLES.statements.folder}/`;
  for await (const { key, modified } of objects.list(manifests)) {
    if (full || modified > now() - LOOKBACK - grace) add(key.slice(manifests.length));
  }
  for await (const { key } of objects.list(PENDING_FOLDER)) add(key.slice(PENDING_FOLDER.length));
  return [...partitions.values()].toSorted((one, other) => (one.day < other.day ? -1 : 1));
}
