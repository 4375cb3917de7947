import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { overloaded, throwTransient } from '#storage/aws/overload.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';

const CONDITION_FAILED = 'ConditionalCheckFailedException';
const CANCELLED = 'TransactionCanceledException';
const MET_TRANSACTION = 'TransactionConflictException';

/** Codes of the reasons of a cancelled transaction. */
const THROTTLED: ReadonlySet<string> = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);
const CONFLICT = 'TransactionConflict';
const CONDITION_REASON = 'ConditionalCheckFailed';

/**
 * Whether the condition of a single write did not hold. With `ReturnValuesOnConditionCheckFailure: 'ALL_OLD'` the
 * error's `Item` is the item as it stood, absent when there was none.
 */
export function isConditionFailed(error: unknown): error is DynamoDbError {
  return error instanceof DynamoDbError && error.name === CONDITION_FAILED;
}

/** @returns one reason per action of a cancelled transaction, in their order; undefined for every other error. */
export function cancellationReasons(error: unknown): readonly CancellationReason[] | undefined {
  const isCancelled = error instanceof DynamoDbError && error.name === CANCELLED;
  return isCancelled ? (error.CancellationReasons ?? []) : undefined;
}

/** Whether the condition of this action of a cancelled transaction did not hold. */
export function isConditionReason(reason: CancellationReason | undefined): reason is CancellationReason {
  return reason?.Code === CONDITION_REASON;
}

/** The error of a single write whose condition did not hold, for an action of a transaction that had it. */
export function conditionFailed({ Message, Item }: CancellationReason): DynamoDbError {
  return new DynamoDbError(CONDITION_FAILED, { ...(Message !== undefined && { message: Message }), Item });
}

/**
 * Whether a write met a transaction in flight on one of its items and no condition failed: sent again, it may succeed.
 */
export function isTransactionConflict(error: unknown): boolean {
  if (error instanceof DynamoDbError && error.name === MET_TRANSACTION) return true;
  return onlyBecauseOf(cancellationReasons(error) ?? [], (code) => code === CONFLICT);
}

/**
 * For `.catch(throwDomainError)` behind every call: throttling, conflicts with transactions, time-outs, lost
 * connections and 5xx become `overloaded`. Everything else, failed conditions included, is thrown as it is.
 */
export function throwDomainError(error: unknown): never {
  const reasons = cancellationReasons(error) ?? [];
  if (onlyBecauseOf(reasons, (code) => code === CONFLICT || THROTTLED.has(code))) throw overloaded(error);
  throwTransient(error);
}

function onlyBecauseOf(reasons: readonly CancellationReason[], matches: (code: string) => boolean): boolean {
  const codes = reasons.flatMap(({ Code }) => (Code === undefined || Code === 'None' ? [] : [Code]));
  return codes.length > 0 && codes.every(matches);
}
