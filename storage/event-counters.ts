import type { CountedEvent } from '#access/counted-event.ts';

/** What is counted of events that happen too often for a record each. */
export interface EventCounters {
  /** @param hour see `hourOf` */
  add(hour: string, events: CountedEvent): Promise<void>;
}
