import type { AuditHead, AuditRecord } from '#access/audit-record.ts';
import type { JsonObject } from '#cli/api/json.ts';
import { Failure } from '#cli/failure.ts';

/** A record as the API sends it, to be verified with all its members, also those this version does not know. */
export function auditRecordIn(value: JsonObject): AuditRecord {
  if (isRecord(value)) return value;
  throw new Failure('The LRS sent a record of the audit without sequence or hash: is it of another version?');
}

/** @returns undefined when there is no record yet */
export function auditHeadIn(value: JsonObject): AuditHead | undefined {
  const { sequence, hash } = value;
  if (typeof sequence !== 'number' || typeof hash !== 'string') {
    throw new Failure('The LRS sent a head of the audit without sequence or hash: is it of another version?');
  }
  return sequence === 0 ? undefined : { sequence, hash };
}

/** Only what `verifyChain` goes by; whatever else was changed shows in the hash. */
function isRecord(value: JsonObject): value is JsonObject & AuditRecord {
  const { sequence, previous, hash } = value;
  return Number.isSafeInteger(sequence) && typeof previous === 'string' && typeof hash === 'string';
}
