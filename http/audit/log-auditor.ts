import type { AuditEvent } from '#access/audit-record.ts';
import {
  addCounts,
  type CountedEvent,
  type Counts,
  type EventKind,
  type FailedAuthentication,
  hourOf,
} from '#access/counted-event.ts';
import { DEFAULT_STORE, type StoreId } from '#access/store.ts';
import { FailureSources } from '#http/audit/failure-sources.ts';
import type { Auditor } from '#http/audit/auditor.ts';
import { Lots } from '#http/usage/lots.ts';
import { isDoneWithin } from '#http/usage/patience.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import type { AuditLog } from '#storage/audit-log.ts';
import { chunksOf } from '#storage/bounded.ts';
import type { EventCounters } from '#storage/event-counters.ts';
import { LruMap } from '#storage/lru-map.ts';

/** Kinds of events that are counted at once, and principals whose hourly records are known. */
const CAPACITY = 1_000;
/** Records that are appended in one transaction, which has 100 items at the most, one of them the head. */
const AT_ONCE = 90;
/** Milliseconds that an answer waits at most for records: writers who meet at the end of a chain try again for seconds. */
const PATIENCE = 8_000;

interface CounterSubject {
  readonly hour: string;
  readonly kind: EventKind;
}

export interface LogAuditorOptions {
  readonly log: Pick<AuditLog, 'appendAll'>;
  readonly counters: EventCounters;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Records in the chains of the audit log; counts in lots, which the keeper seals into the chains when the hour is over. */
export class LogAuditor implements Auditor {
  readonly #options: LogAuditorOptions;
  readonly #lots: Lots<CounterSubject, Counts>;
  readonly #sources = new FailureSources();
  readonly #recorded = new LruMap<string, true>(CAPACITY);

  constructor(options: LogAuditorOptions) {
    this.#options = options;
    const { logger, now, counters } = options;
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

  async record(store: StoreId, events: readonly AuditEvent[]): Promise<void> {
    const appendAll = async (): Promise<void> => {
      for (const some of chunksOf(events, AT_ONCE)) await this.#append(store, some);
    };
    await this.#inTime(appendAll(), events);
  }

  async recordHourly(event: AuditEvent): Promise<void> {
    const id = JSON.stringify([hourOf(event.time), event.store, event.action, event.principal]);
    if (this.#recorded.get(id) === true) return;
    this.#recorded.set(id, true);
    const append = async (): Promise<void> => {
      if (!(await this.#append(event.store, [event]))) this.#recorded.delete(id);
    };
    await this.#inTime(append(), [event]);
  }

  count({ counts, ...kind }: CountedEvent): void {
    this.#lots.add({ hour: hourOf(this.#options.now()), kind }, counts);
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

  settled(patience: number): Promise<void> {
    return this.#lots.settled(patience);
  }

  /** What takes longer goes on, but the answer does not wait for it. */
  async #inTime(work: Promise<void>, [event]: readonly AuditEvent[]): Promise<void> {
    if (await isDoneWithin(work, PATIENCE)) return;
    const { requestId, action } = event ?? {};
    this.#options.logger.error('not recorded in time', { requestId, action });
  }

  async #append(store: StoreId, events: readonly AuditEvent[]): Promise<boolean> {
    const { log, logger } = this.#options;
    try {
      await log.appendAll(store, events);
      return true;
    } catch (error) {
      const stack = stackOf(error);
      for (const { requestId, action, subject } of events)
        logger.error('not recorded', { requestId, action, subject, stack });
      return false;
    }
  }
}
