import { createHash } from 'node:crypto';
import type { StoreId } from '#access/store.ts';
import { canonicalText } from '#xapi/statement/canonical-text.ts';

/** What is recorded. `docs/reference/audit.md` explains each. */
export const AUDIT_ACTIONS = [
  'authentication-failed',
  'store-created',
  'store-changed',
  'credential-created',
  'credential-changed',
  'credential-rotated',
  'credential-deleted',
  'tokens-revoked',
  'tokens-issued',
  'issuer-created',
  'issuer-changed',
  'issuer-deleted',
  'signing-keys-rotated',
  'export-created',
  'export-cancelled',
  'export-read',
  'backfill-created',
  'backfill-cancelled',
  'statement-voided',
  'statements-read',
  'bulk-read',
  'audit-read',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** When, who, from where, what, with which result. */
export interface AuditEvent {
  /** Whose chain it belongs to: the operator's where no store is known. */
  readonly store: StoreId;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The key of the principal; absent: unknown. */
  readonly principal?: string;
  /** The address the request came from; absent where many are summarised. */
  readonly source?: string;
  readonly requestId?: string;
  readonly action: AuditAction;
  /** What it was done to: the id of a store, the key of a credential, the id of a statement. */
  readonly subject?: string;
  readonly result: 'done' | 'refused';
  /** Counts, and what was changed to what: never a secret, nor anything that tells who a learner is. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** An event in its place in the chain of its store. */
export interface AuditRecord extends AuditEvent {
  /** 1 for the first of the store. */
  readonly sequence: number;
  /** `hash` of the record before; 64 zeros before the first. */
  readonly previous: string;
  /** Milliseconds since 1970, until which at least the record before is kept; absent from the first. */
  readonly previousExpires?: number;
  /** Hex: SHA-256 over all else, see `hashOf`. */
  readonly hash: string;
}

/** The last record of a store. Who notes it down can prove later that nothing up to it was changed. */
export type AuditHead = Pick<AuditRecord, 'sequence' | 'hash'>;

/** Where a chain goes on. */
export interface ChainEnd extends AuditHead {
  /** Milliseconds since 1970, from which its last record may be gone: never before an older one. */
  readonly expires: number;
}

/** `previous` of the first record of a store. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** The record that an event becomes at the end of a chain. @param end absent: it is the first. */
export function recordAfter(end: ChainEnd | undefined, event: AuditEvent): AuditRecord {
  const record = {
    ...event,
    sequence: (end?.sequence ?? 0) + 1,
    previous: end?.hash ?? NOTHING_BEFORE,
    ...(end !== undefined && { previousExpires: end.expires }),
  };
  return { ...record, hash: hashOf(record) };
}

/**
 * The hash that belongs to a record.
 *
 * @returns hex: SHA-256 of all members but `hash` as JSON without spaces, the members and those of `details` sorted by name
 *   (RFC 8785), in UTF-8
 */
export function hashOf(record: Omit<AuditRecord, 'hash'> & Partial<Pick<AuditRecord, 'hash'>>): string {
  const { hash: _, ...members } = record;
  // As it is once it was stored: without what is undefined.
  const stored: unknown = JSON.parse(JSON.stringify(members));
  return createHash('sha256').update(canonicalText(stored)).digest('hex');
}
