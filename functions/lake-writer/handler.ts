import { type Lot, readLot } from '#functions/lake-writer/read-lot.ts';
import { dayOf, type DayPartition } from '#lake/files/layout.ts';
import type { LakeWriter } from '#lake/lake-writer.ts';
import type { RemovalMarks } from '#lake/removals/removal-marks.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import { storedAt } from '#storage/position.ts';
import type { StatementChange, StatementChanges } from '#storage/statement-changes.ts';
import { XapiError } from '#xapi/errors.ts';

export interface LakeWriterDeps<Record> {
  readonly logger: Logger;
  readonly readRecord: (record: Record) => StatementChange | undefined;
  readonly changes: StatementChanges;
  readonly writer: Pick<LakeWriter, 'add'>;
  readonly marks: Pick<RemovalMarks, 'add'>;
  /** Calls the compactor. */
  readonly compactor: FunctionCaller;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface StreamEvent<Record> {
  readonly Records: readonly Record[];
}

/** Which records, from this one on, are to be delivered again. */
export interface StreamBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What Lambda tells of the time that is left. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/** Milliseconds that a lot may take: with less left, the rest is for the next call. */
const RESERVE = 60_000;
/** Days that the compactor is called for one by one. */
const MOST_CALLS = 10;

/**
 * Brings what changed in the Statements table into the lake. Records may come more than once, in lots of any size and, from
 * different shards, in any order: the lake has every statement once.
 *
 * When storage cannot answer now, the records from there on are delivered again. When a record itself cannot be brought
 * in, which is a defect, the call fails: Lambda halves the batch until it has the record alone.
 */
export function createHandler<Record>(
  deps: LakeWriterDeps<Record>,
): (event: StreamEvent<Record>, invocation: Invocation) => Promise<StreamBatchResponse> {
  return async ({ Records: records }, invocation) => {
    const changes = records.map(deps.readRecord).filter((change) => change !== undefined);
    let done = 0;
    try {
      while (done < changes.length && invocation.getRemainingTimeInMillis() > RESERVE) {
        const lot = await readLot(deps.changes, changes.slice(done));
        await bringIn(deps, lot);
        done += lot.size;
      }
    } catch (error) {
      if (!isOverloaded(error)) throw error;
      deps.logger.warn('lake not reached', { records: changes.length - done, stack: stackOf(error) });
    }
    const rest = changes[done];
    return { batchItemFailures: rest === undefined ? [] : [{ itemIdentifier: rest.sequence }] };
  };
}

/** Rows first, then the marks of those that are gone: both can be in one lot. */
async function bringIn<Record>(deps: LakeWriterDeps<Record>, { stored, gone }: Lot): Promise<void> {
  let rows = 0;
  for (const [store, statements] of Map.groupBy(stored, (one) => one.store)) {
    rows += await deps.writer.add(store, statements);
  }
  await markGone(deps, gone);
  if (rows > 0) deps.logger.measure('lake written', {}, { LakeRows: rows, LakeLag: lagOf(stored, deps.now()) });
}

async function markGone<Record>({ marks, compactor }: LakeWriterDeps<Record>, gone: Lot['gone']): Promise<void> {
  const partitions: DayPartition[] = [];
  for (const [store, ofStore] of Map.groupBy(gone, (one) => one.store)) {
    for (const [day, ofDay] of Map.groupBy(ofStore, ({ position }) => dayOf(position))) {
      await marks.add(
        { store, day },
        ofDay.map(({ position }) => position),
      );
      partitions.push({ store, day });
    }
  }
  // For all that has marks it goes from day to day, not at hundreds at once.
  const calls = partitions.length > MOST_CALLS ? [{}] : partitions;
  for (const call of calls) await compactor.call(call);
}

/** Milliseconds since the oldest of them was stored. */
function lagOf(stored: Lot['stored'], now: number): number {
  return now - stored.reduce((oldest, { position }) => Math.min(oldest, storedAt(position)), now);
}

function isOverloaded(error: unknown): boolean {
  return error instanceof XapiError && error.code === 'overloaded';
}
