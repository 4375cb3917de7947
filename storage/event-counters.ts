import type { AuditEvent } from '#access/audit-record.ts';
import type { CountedEvent } from '#access/counted-event.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** What is counted of events that happen too often for a record each. */
export interface EventCounters {
  /** @param hour see `hourOf` */
  add(hour: string, events: CountedEvent): Promise<void>;
}

/** A counter as it was when it was read. */
export interface Counter {
  readonly hour: string;
  readonly events: CountedEvent;
}

/** Counters on their way into the chains of their stores. */
export interface SealableCounters {
  /** The counters of an hour, in no order that means anything. */
  list(hour: string, page: PageRequest): Promise<Page<Counter>>;

  /**
   * Appends the record and removes the counter, both or none.
   *
   * @returns false, having done nothing, when the counter is not as it was: somebody has counted, or sealed it.
   */
  seal(counter: Counter, summary: AuditEvent): Promise<boolean>;
}
