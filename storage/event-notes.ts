import type { AuditEvent } from '#access/audit-record.ts';

/** An event that has a record of its own, on its way into the chain of its store. */
export interface NotedEvent {
  /** Tells it from others of its store, action and day (`time` of the event, UTC). */
  readonly id: string;
  readonly event: AuditEvent;
}

/** Where events are noted without waiting for the chain, in which one record follows the other. */
export interface EventNotes {
  /** Durable when it resolves. What was noted by the same id already stays as it was, and gets no second record. */
  note(noted: NotedEvent): Promise<void>;
}
