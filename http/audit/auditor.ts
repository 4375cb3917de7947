import type { AuditEvent } from '#access/audit-record.ts';
import type { CountedEvent, FailedAuthentication } from '#access/counted-event.ts';
import type { NotedEvent } from '#storage/event-notes.ts';

/** Records what was done for those who administer the LRS. What fails here fails no request: it was carried out. */
export interface Auditor {
  /**
   * Notes events, which the keeper records in the chains of their stores; resolves when they are durable, or when the log
   * was told that they are not. Never rejects.
   */
  record(events: readonly NotedEvent[]): Promise<void>;

  /** Of the same action by the same principal, notes the first in an hour. Returns at once: see `settled`. */
  recordHourly(event: AuditEvent): void;

  /** Adds to the summary of the hour. Returns at once: see `settled`. */
  count(events: CountedEvent): void;

  /** Adds to the summary of the hour, by reason, and by address for the first 50 addresses that fail in an hour. */
  countFailure(failure: FailedAuthentication): void;

  /**
   * To be awaited before the answer, because a frozen Lambda finishes nothing later.
   *
   * @returns what resolves, and never rejects, when what was begun and not awaited is written, or given up, or not done in
   * time; undefined when there is nothing of the kind
   */
  settled(): Promise<void> | undefined;
}
