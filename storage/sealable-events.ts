import type { AuditEvent } from '#access/audit-record.ts';
import type { CountedEvent } from '#access/counted-event.ts';
import type { StoreId } from '#access/store.ts';
import type { NotedEvent } from '#storage/event-notes.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** A counter as it was when it was read. */
export interface Counter {
  readonly hour: string;
  readonly events: CountedEvent;
}

/** What becomes of a counter, or of an event that was noted. */
export interface Sealing {
  readonly from: Counter | NotedEvent;
  readonly record: AuditEvent;
}

/** What was counted and noted, on its way into the chains of the stores. */
export interface SealableEvents {
  /** The counters of an hour, those of a store together. */
  list(hour: string, page: PageRequest): Promise<Page<Counter>>;

  /** The events of the day of this time that are not sealed yet, those of a store together. @param time milliseconds since 1970 */
  listNoted(time: number, page: PageRequest): Promise<Page<NotedEvent>>;

  /**
   * Appends the records, and takes away what they are made from: for each both, or none.
   *
   * @param sealings of this store, at most 49
   * @returns how many; the others are not as they were: somebody has counted, or sealed them.
   */
  seal(store: StoreId, sealings: readonly Sealing[]): Promise<number>;
}
