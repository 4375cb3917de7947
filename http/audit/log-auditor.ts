import type { AuditEvent } from '#access/audit-record.ts';
import {
  addCounts,
  type CountedEvent,
  type Counts,
  type EventKind,
  type FailedAuthentication,
  hourOf,
} from '#access/counted-event.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { FailureSources } from '#http/audit/failure-sources.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import { Beside } from '#http/usage/beside.ts';
import { Lots } from '#http/usage/lots.ts';
import { isDoneWithin } from '#http/usage/patience.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { forEachBounded } from '#storage/bounded.ts';
import type { EventCounters } from '#storage/event-counters.ts';
import type { EventNotes, NotedEvent } from '#storage/event-notes.ts';
import { LruMap } from '#storage/lru-map.ts';

/** Kinds of events that are counted at once, and principals whose hourly records are known. */
const CAPACITY = 1_000;
/** Events that are noted at once. */
const WRITES = 16;
/** Milliseconds that an answer waits at most until what it is about is noted. */
const PATIENCE = 2_000;

interface CounterSubject {
  readonly hour: string;
  readonly kind: EventKind;
}

export interface LogAuditorOptions {
  readonly notes: EventNotes;
  readonly counters: EventCounters;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Notes what has a record, and counts the rest in lots; the keeper seals both into the chains. */
export class LogAuditor implements Auditor {
  readonly #options: LogAuditorOptions;
  readonly #lots: Lots<CounterSubject, Counts>;
  readonly #sources = new FailureSources();
  readonly #hourly: Beside;
  readonly #recorded = new LruMap<string, true>(CAPACITY);

  constructor(options: LogAuditorOptions) {
    this.#options = options;
    const { logger, now, counters } = options;
    this.#hourly = new Beside(now);
    this.#lots = new Lots({
      name: 'audit events',
      logger,
      now,
      capacity: CAPACITY,
      idOf: ({ hour, kind: { store, action, principal, source, reason } }) =>
        JSON.stringify([hour, store, action, principal, source, reason]),
      add: addCounts,
      write: ({ subject: { hour, kind }, value }) => counters.add(hour, { ...kind, counts: value }),
    });
  }

  async record(events: readonly NotedEvent[]): Promise<void> {
    if (events.length === 0) return;
    const noting = forEachBounded(events, WRITES, async (noted) => void (await this.#note(noted)));
    if (await isDoneWithin(noting, PATIENCE)) return;
    const { requestId, action } = events[0]?.event ?? {};
    this.#options.logger.error('not recorded in time', { requestId, action });
  }

  recordHourly(event: AuditEvent): void {
    const hour = hourOf(event.time);
    const id = JSON.stringify([hour, event.store, event.action, event.principal]);
    if (this.#recorded.get(id) === true) return;
    this.#recorded.set(id, true);
    const note = async (): Promise<void> => {
      if (!(await this.#note({ id: `${hour} ${event.principal ?? ''}`, event }))) this.#recorded.delete(id);
    };
    this.#hourly.begin(note());
  }

  count(events: CountedEvent): void {
    this.#lots.add({ hour: hourOf(this.#options.now()), kind: events }, events.counts);
  }

  countFailure({ reason, known, source }: FailedAuthentication): void {
    const counted = this.#sources.counted(source, hourOf(this.#options.now()));
    this.count({
      store: known?.store ?? DEFAULT_STORE,
      action: 'authentication-failed',
      reason,
      ...(known !== undefined && { principal: known.key }),
      ...(counted && { source }),
      counts: { events: 1 },
    });
  }

  settled(): Promise<void> | undefined {
    const waits = [this.#lots, this.#hourly].flatMap((work) => work.settled() ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
  }

  async #note(noted: NotedEvent): Promise<boolean> {
    const { notes, logger } = this.#options;
    try {
      await notes.note(noted);
      return true;
    } catch (error) {
      const { requestId, action, subject } = noted.event;
      logger.error('not recorded', { requestId, action, subject, stack: stackOf(error) });
      return false;
    }
  }
}
