import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { StatementDraft, StoredStatement } from '#xapi/statement/statement.ts';
import type { Visibility } from '#access/limits.ts';
import type { StoreId } from '#access/store.ts';

/** Filters of GET statements (xAPI 1.0.3, Communication 2.1.3). */
export interface StatementFilters extends KeyFilters {
  /** Milliseconds since 1970; only statements stored after it. */
  readonly since?: number;
  /** Milliseconds since 1970; only statements stored at or before it. */
  readonly until?: number;
}

export interface StatementQuery {
  readonly store: StoreId;
  readonly filters: StatementFilters;
  /**
   * Which statements may be seen. Others are as if they were not there: what refers to one of them is not found by what it
   * says, nor by what is behind it. Absent: all.
   */
  readonly visible?: Visibility;
  readonly ascending: boolean;
  /** 1 … the server's maximum. */
  readonly limit: number;
  /** The position of the last statement of the page before, or the `next` of that page. */
  readonly after?: string;
  /** A page ends before the statement whose text would take it beyond this many bytes, but holds at least one. */
  readonly maxBytes: number;
  /**
   * A page may end with a `next` though it holds nothing, so that one of few matches among many takes no longer than
   * any other. Who asks clients to go on cannot have that.
   */
  readonly mayBeEmpty?: boolean;
}

export interface StatementPage {
  readonly statements: readonly StoredStatement[];
  /** Where to continue, as `after`; absent when nothing follows. A page with `next` is not empty, unless it may be. */
  readonly next?: string;
}

export interface StoreOutcome {
  /** In the order of the drafts: `stored` now, or an equal statement was there already. */
  readonly results: readonly ('stored' | 'replayed')[];
}

export interface StatementStore {
  /**
   * Stores all drafts or none. When it returns, every one of them is durable and in every index.
   *
   * @throws XapiError `statement-conflict` when a different statement has one of the ids, `voiding-invalid` when a
   *   voiding statement is to be voided, `overloaded` when the store could not do it in time: nothing was stored.
   */
  store(store: StoreId, drafts: readonly StatementDraft[]): Promise<StoreOutcome>;

  /** Strongly consistent; finds voided statements too, the caller decides by `voided`. */
  get(store: StoreId, id: string): Promise<StoredStatement | undefined>;

  query(query: StatementQuery): Promise<StatementPage>;

  /**
   * Milliseconds since 1970: every statement stored at or before is visible now, and none will be added there later
   * (`X-Experience-API-Consistent-Through`; xAPI 1.0.3, Communication 2.1.3).
   */
  consistentThrough(): number;
}
