import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { type AuditEvent, type AuditRecord, type ChainEnd, recordAfter } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import { headKey, headOf, recordKey, type StoredHead } from '#storage/dynamodb/audit/audit-item.ts';
import { tryUntilDone } from '#storage/aws/backoff.ts';
import { readItem, type RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { ttlOf, valueItem } from '#storage/dynamodb/registry/registry-item.ts';
import {
  cancellationReasons,
  isConditionReason,
  isTransactionConflict,
  throwDomainError,
} from '#storage/dynamodb/dynamodb-errors.ts';

const DAY_MS = 86_400_000;

export interface AuditChainOptions extends RegistryPlace {
  /** Days after which a record may go. */
  readonly retentionDays: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type ChainResult =
  /** The last of the records. */
  | { readonly record: AuditRecord }
  /** Which of the writes did not take place because their conditions do not hold, by their index; so none did. */
  | { readonly refused: readonly number[] };

/** The end of the chain of each store, where every record is written: alone or together with what it is about. */
export class AuditChain {
  readonly #options: AuditChainOptions;

  constructor(options: AuditChainOptions) {
    this.#options = options;
  }

  async head(store: StoreId): Promise<StoredHead | undefined> {
    const item = await readItem(this.#options, headKey(store));
    return item && headOf(item);
  }

  /**
   * Adds a record of the event at the end of its chain, and carries out the writes, all in one transaction.
   *
   * @param writes at most 98, each to another item.
   * @throws XapiError `overloaded` when others were always faster, or when the outcome is not known.
   */
  append(event: AuditEvent, writes: readonly TransactWriteItem[] = []): Promise<ChainResult> {
    return this.appendAll(event.store, [event], writes);
  }

  /**
   * As `append`, with records of several events next to each other.
   *
   * @param events of the store, 1 or more; with the writes at most 99.
   */
  appendAll(store: StoreId, events: readonly AuditEvent[], writes: readonly TransactWriteItem[]): Promise<ChainResult> {
    return tryUntilDone(() => this.#attempt(store, events, writes));
  }

  /** @returns undefined when somebody else has moved the head, or was at one of the items at the same moment. */
  async #attempt(
    store: StoreId,
    events: readonly AuditEvent[],
    writes: readonly TransactWriteItem[],
  ): Promise<ChainResult | undefined> {
    const head = await this.head(store);
    const ttl = this.#ttlAfter(head);
    const records = recordsAfter(head, events, ttl);
    const record = records.at(-1);
    if (record === undefined) throw new Error('There is no event to record.');
    const moved: StoredHead = { sequence: record.sequence, hash: record.hash, ttl };
    const actions = [...writes, ...this.#writesOf(store, records, { head, moved })];
    try {
      await this.#options.client.call('TransactWriteItems', { TransactItems: actions });
      return { record };
    } catch (error) {
      const reasons = cancellationReasons(error) ?? [];
      const refused = writes.flatMap((_, index) => (isConditionReason(reasons[index]) ? [index] : []));
      if (refused.length > 0) return { refused };
      if (isConditionReason(reasons.at(-1)) || isTransactionConflict(error)) return undefined;
      return throwDomainError(error);
    }
  }

  /** Of records that are added now. */
  #ttlAfter(head: StoredHead | undefined): number {
    const { retentionDays, now } = this.#options;
    return Math.max(ttlOf(now() + retentionDays * DAY_MS), head?.ttl ?? 0);
  }

  /** The records, and as the last the head, which nobody else may have moved. */
  #writesOf(
    store: StoreId,
    records: readonly AuditRecord[],
    { head, moved }: { readonly head: StoredHead | undefined; readonly moved: StoredHead },
  ): readonly TransactWriteItem[] {
    const { tableName } = this.#options;
    const { sequence, ttl } = moved;
    const headItem = valueItem(headKey(store), moved, { revision: sequence });
    const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
    const items = records.map((record) => valueItem(recordKey(store, record.sequence), record, { ttl }));
    return [
      ...items.map((item) => ({ Put: { TableName: tableName, Item: item, ...isNew } })),
      { Put: { TableName: tableName, Item: headItem, ...(head === undefined ? isNew : isAt(head)) } },
    ];
  }
}

/** @param ttl of all of them, in seconds since 1970 */
function recordsAfter(
  head: StoredHead | undefined,
  events: readonly AuditEvent[],
  ttl: number,
): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  let end: ChainEnd | undefined = head && { ...head, expires: head.ttl * 1_000 };
  for (const event of events) {
    const record = recordAfter(end, event);
    end = { ...record, expires: ttl * 1_000 };
    records.push(record);
  }
  return records;
}

function isAt({ sequence }: StoredHead) {
  return {
    ConditionExpression: '#revision = :sequence',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':sequence': { N: String(sequence) } },
  };
}
