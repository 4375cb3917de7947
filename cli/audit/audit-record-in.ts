import type { AuditHeadAnswer, AuditRecordAnswer } from '#access/admin-api.ts';
import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import { Failure } from '#cli/failure.ts';

const OTHER_VERSION = 'is it of another version?';

/**
 * A record as the API sends it, with all its members, also those that this version does not know: what was changed shows
 * in the hash.
 *
 * @throws Failure when it has not even what `verifyChain` goes by
 */
export function auditRecordIn(record: AuditRecordAnswer): AuditRecord {
  const { sequence, previous, hash } = record;
  if (Number.isSafeInteger(sequence) && typeof previous === 'string' && typeof hash === 'string') return record;
  throw new Failure(`The LRS sent a record of the audit without sequence or hash: ${OTHER_VERSION}`);
}

/** @returns undefined when there is no record yet. @throws Failure */
export function auditHeadIn({ sequence, hash }: AuditHeadAnswer): AuditHead | undefined {
  if (!Number.isSafeInteger(sequence) || typeof hash !== 'string') {
    throw new Failure(`The LRS sent a head of the audit without sequence or hash: ${OTHER_VERSION}`);
  }
  return sequence === 0 ? undefined : { sequence, hash };
}
