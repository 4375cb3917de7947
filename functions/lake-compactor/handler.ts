import { isStoreId } from '#access/store.ts';
import { compactLake } from '#lake/compaction/compact-lake.ts';
import { type CompactionDeps, compactPartition } from '#lake/compaction/compact-partition.ts';
import type { CompactionResult } from '#lake/compaction/merge-files.ts';
import type { DayPartition } from '#lake/files/layout.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';

export interface LakeCompactorDeps extends CompactionDeps {
  readonly logger: Logger;
}

/** What a call is for: one day, as the writer wants it, or all days that have changed; with `full` all there are. */
export interface CompactionEvent {
  readonly store?: unknown;
  readonly day?: unknown;
  readonly full?: unknown;
}

/** What Lambda tells of the time that is left. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** Milliseconds that the compaction of one day may take. */
const RESERVE = 5 * 60_000;

/**
 * Keeps the lake in order: few files, nothing that was voided or erased, and what statements say of activities, actors
 * and verbs in their tables. Called by a schedule, and by the writer when something was voided.
 */
export function createHandler(
  deps: LakeCompactorDeps,
): (event: CompactionEvent, invocation: Invocation) => Promise<void> {
  return async (event, invocation) => {
    const partition = partitionOf(event);
    if (partition !== undefined) {
      tell(deps, await compactPartition(deps, partition));
      return;
    }
    let failed = 0;
    const isComplete = await compactLake(deps, {
      full: event.full === true,
      goesOn: () => invocation.getRemainingTimeInMillis() > RESERVE,
      onResult: (_, result) => tell(deps, result),
      onError: ({ store, day }, error) => {
        failed += 1;
        deps.logger.error('lake not compacted', { store, day, stack: stackOf(error) });
      },
    });
    if (!isComplete) deps.logger.warn('lake compaction goes on next time', { failed });
  };
}

function partitionOf({ store, day }: CompactionEvent): DayPartition | undefined {
  if (typeof store !== 'string' || typeof day !== 'string') return undefined;
  return isStoreId(store) && /^\d{4}-\d{2}-\d{2}$/u.test(day) ? { store, day } : undefined;
}

function tell({ logger }: LakeCompactorDeps, { merged, written, rows, removed }: CompactionResult): void {
  if (merged === 0) return;
  logger.measure('lake compacted', { merged, written, rows }, removed > 0 ? { LakeRowsRemoved: removed } : {});
}
