import { collectGarbage } from '#lake/compaction/collect-garbage.ts';
import { currentFiles, filesWith } from '#lake/compaction/current-files.ts';
import { type CompactionResult, mergeFiles, NOTHING_MERGED } from '#lake/compaction/merge-files.ts';
import { planCompaction } from '#lake/compaction/plan-compaction.ts';
import { retryWhenGone } from '#lake/files/file-gone.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import { publishTwin } from '#lake/files/publish-twin.ts';
import { type Marks, readMarks, type RemovalMarks } from '#lake/removals/removal-marks.ts';
import type { ObjectStore } from '#storage/object-store.ts';

export interface CompactionDeps {
  readonly objects: ObjectStore;
  readonly marks: RemovalMarks;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that files stay for readers that are at them, after others have taken their place. */
  readonly grace: number;
}

/** Milliseconds within which all statements of a moment have arrived, if nothing is wrong. */
const SETTLED = 10 * 60_000;

/**
 * Makes few files of the many of a day, without what was voided or erased, and takes what they say into the dimensions. It
 * can die at any moment and be done again, and several can do it at once.
 */
export function compactPartition(deps: CompactionDeps, partition: DayPartition): Promise<CompactionResult> {
  return retryWhenGone(() => compactOnce(deps, partition));
}

async function compactOnce(deps: CompactionDeps, partition: DayPartition): Promise<CompactionResult> {
  const { objects, marks, now, grace } = deps;
  const files = await currentFiles(objects, partition);
  const { pending, applied, removed } = await readMarks(marks, partition);
  const plan = planCompaction(files, {
    withRemovals: await filesWith(objects, partition, files, pending.positions),
    settled: now() - Math.min(SETTLED, grace),
  });
  let result = NOTHING_MERGED;
  for (const group of plan) result = sum(result, await mergeFiles(deps, partition, group, removed));
  await publishTwin(objects, partition);
  await applyMarks(deps, partition, pending, applied);
  await collectGarbage(deps, partition);
  return result;
}

/** A pending mark is applied once no current file has its row; what was not merged this time is looked for again. */
async function applyMarks(
  deps: CompactionDeps,
  partition: DayPartition,
  pending: Marks,
  applied: Marks,
): Promise<void> {
  if (pending.keys.length === 0) return;
  const files = await currentFiles(deps.objects, partition);
  const left = await filesWith(deps.objects, partition, files, pending.positions);
  if (left.size === 0) await deps.marks.apply(partition, pending, applied);
}

function sum(one: CompactionResult, other: CompactionResult): CompactionResult {
  return {
    merged: one.merged + other.merged,
    written: one.written + other.written,
    rows: one.rows + other.rows,
    removed: one.removed + other.removed,
  };
}
