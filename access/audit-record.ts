import type { StoreId } from '#access/store.ts';

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
  /** Hex: SHA-256 over all else, see `hashOf`. */
  readonly hash: string;
}

/** The last record of a store. Who notes it down can prove later that nothing up to it was changed. */
export type AuditHead = Pick<AuditRecord, 'sequence' | 'hash'>;
