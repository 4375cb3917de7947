import type { AuditAction, AuditEvent } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import { utcText } from '#access/utc-text.ts';

/** What is counted of events that happen too often for a record each. */
export const COUNT_NAMES = ['events', 'singles', 'pages', 'statements'] as const;

export type CountName = (typeof COUNT_NAMES)[number];

/** Whole numbers from 1; what is absent is 0. */
export type Counts = Partial<Readonly<Record<CountName, number>>>;

/** Events that are counted together: all that are the same in each of these. */
export interface EventKind {
  /** Whose chain the summary belongs to: the operator's where no store is known. */
  readonly store: StoreId;
  readonly action: Extract<AuditAction, 'authentication-failed' | 'statements-read' | 'tokens-issued'>;
  /** The key of the principal; absent: unknown. */
  readonly principal?: string;
  /** The address the requests came from; absent: not told, or many. */
  readonly source?: string;
  /** Why it was refused: one of few words. */
  readonly reason?: string;
}

/** One or several events of a kind. */
export interface CountedEvent extends EventKind {
  readonly counts: Counts;
}

export function addCounts(one: Counts, other: Counts): Counts {
  const sums: Partial<Record<CountName, number>> = {};
  for (const name of COUNT_NAMES) {
    const sum = (one[name] ?? 0) + (other[name] ?? 0);
    if (sum > 0) sums[name] = sum;
  }
  return sums;
}

/** The hour that events are summarised by, in UTC: `2026-03-01T09`. @param time milliseconds since 1970 */
export const hourOf = utcText(3_600_000, 'YYYY-MM-DDTHH');

/** When an hour begins, milliseconds since 1970. */
export function startOfHour(hour: string): number {
  return Date.parse(`${hour}:00:00Z`);
}

/**
 * The record of what was counted of a kind in an hour; there may be several of the same.
 *
 * @param time when it is recorded, milliseconds since 1970
 */
export function summaryOf({ counts, reason, ...kind }: CountedEvent, hour: string, time: number): AuditEvent {
  return {
    ...kind,
    time,
    result: kind.action === 'authentication-failed' ? 'refused' : 'done',
    details: { hour, ...(reason !== undefined && { reason }), ...counts },
  };
}

/** Why somebody was not let in. `docs/reference/audit.md` explains each. */
export const AUTHENTICATION_FAILURES = [
  'missing',
  'malformed',
  'unknown-or-wrong',
  'disabled',
  'expired',
  'revoked',
  'token-invalid',
  'not-mapped',
  'origin',
  'too-many-failures',
] as const;

export type AuthenticationFailure = (typeof AUTHENTICATION_FAILURES)[number];

export interface FailedAuthentication {
  readonly reason: AuthenticationFailure;
  /** The credential that was named, when there is one of that key. */
  readonly known?: { readonly store: StoreId; readonly key: string };
  /** The address the request came from. */
  readonly source: string;
}
