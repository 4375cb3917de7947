import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import { type Item, type ItemKey, textOf } from '#storage/dynamodb/attributes.ts';
import { joinKey } from '#storage/dynamodb/key.ts';

/** As many as the digits of the largest whole number, so that texts have the order of the numbers. */
const SEQUENCE_DIGITS = String(Number.MAX_SAFE_INTEGER).length;

/** Where a chain ends, and until when its records stay. */
export interface StoredHead extends AuditHead {
  /** `ttl` of the last record: no record goes before an older one. */
  readonly ttl: number;
}

/** Sort keys are sequences. */
export function recordsOf(store: StoreId): string {
  return joinKey(store, 'audit');
}

export function recordKey(store: StoreId, sequence: number): ItemKey {
  return { pk: recordsOf(store), sk: String(sequence).padStart(SEQUENCE_DIGITS, '0') };
}

export function isRecordSortKey(text: string): boolean {
  return text.length === SEQUENCE_DIGITS && /^\d+$/u.test(text);
}

export function headKey(store: StoreId): ItemKey {
  return { pk: joinKey(store, 'audit-head'), sk: 'audit-head' };
}

export function recordOf(item: Item): AuditRecord {
  const record: AuditRecord = JSON.parse(textOf(item, 'value'));
  return record;
}

export function headOf(item: Item): StoredHead {
  const head: StoredHead = JSON.parse(textOf(item, 'value'));
  return head;
}
