import type { AuditAction } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';

/** What is counted of events that happen too often for a record each; every name is an attribute of the counter's item. */
export const COUNTS = ['events', 'singles', 'pages', 'statements'] as const;

export type Counts = Partial<Readonly<Record<(typeof COUNTS)[number], number>>>;

/** One or several events of one kind, summarised by the hour: all events that differ in their counts only are one kind. */
export interface CountedEvent {
  /** Whose chain the summary belongs to: the operator's where no store is known. */
  readonly store: StoreId;
  readonly action: Extract<AuditAction, 'authentication-failed' | 'statements-read' | 'tokens-issued'>;
  /** The key of the principal; absent: unknown. */
  readonly principal?: string;
  /** The address the requests came from; absent: not told, or many. */
  readonly source?: string;
  /** Why it was refused: a word, one of few. */
  readonly reason?: string;
  readonly counts: Counts;
}

/** Why somebody was not let in. `docs/reference/audit.md` explains each. */
export type AuthenticationFailure =
  | 'missing'
  | 'malformed'
  | 'unknown-or-wrong'
  | 'disabled'
  | 'expired'
  | 'revoked'
  | 'token-invalid'
  | 'origin'
  | 'too-many-failures';

export interface FailedAuthentication {
  readonly reason: AuthenticationFailure;
  /** The credential that was named, when there is one of that key. */
  readonly known?: { readonly store: StoreId; readonly key: string };
  /** The address the request came from. */
  readonly source: string;
}
