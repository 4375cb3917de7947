import type { AuditEvent } from '#access/audit-record.ts';
import type { CountedEvent, FailedAuthentication } from '#access/counted-event.ts';
import type { StoreId } from '#access/store.ts';

/** Records what was done for those who administer the LRS. What fails here fails no request: it was carried out. */
export interface Auditor {
  /**
   * Appends records to the chain of the store, in this order; resolves when they are durable, or when the log was told
   * that they are not. Never rejects.
   */
  record(store: StoreId, events: readonly AuditEvent[]): Promise<void>;

  /** As `record`, but of the same action by the same principal only the first that this process sees in an hour. */
  recordHourly(event: AuditEvent): Promise<void>;

  /** Adds to the summary of the hour. Returns at once: see `settled`. */
  count(events: CountedEvent): void;

  /** Adds to the summary of the hour, by reason, and by address for the first 50 addresses that fail in an hour. */
  countFailure(failure: FailedAuthentication): void;

  /**
   * Resolves when what was begun by `count` is written, or given up, or not done after `patience` milliseconds: before the
   * answer, because a frozen Lambda finishes nothing later. Never rejects.
   */
  settled(patience: number): Promise<void>;
}
