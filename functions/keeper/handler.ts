import { hourOf, startOfHour, summaryOf } from '#access/counted-event.ts';
import type { AuditEvent } from '#access/audit-record.ts';
import type { StoreId } from '#access/store.ts';
import { daysToSeal, hoursToSeal } from '#functions/keeper/hours-to-seal.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { chunksOf } from '#storage/bounded.ts';
import type { NotedEvent } from '#storage/event-notes.ts';
import type { Page, PageRequest } from '#storage/paging.ts';
import type { Counter, SealableEvents, Sealing } from '#storage/sealable-events.ts';
import { XapiError } from '#xapi/errors.ts';

/** Counters and events that are read at once. */
const PAGE = 900;
/** What is sealed in one transaction: two items each, and the head of the chain, are less than 100 items. */
const AT_ONCE = 45;
/** Milliseconds from an hour on after which somebody has to be told that it waits: there is time left to do something. */
const TOO_LATE = 3 * 86_400_000;
/** Milliseconds after which a run leaves the rest to the next, well before its function is stopped. */
const BUDGET = 240_000;

export interface KeeperDeps {
  readonly logger: Logger;
  readonly events: SealableEvents;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What became of the counters and events that a run has read. */
export interface KeeperRun {
  sealed: number;
  /** Somebody has counted or sealed since they were read: the next run looks again. */
  changed: number;
  failed: number;
  /** Whether the time was enough for all. */
  complete: boolean;
}

/**
 * Seals what was noted, and what was counted in hours that are over, into the audit chains: each becomes part of exactly one
 * record, also when a run dies or several run at once. Called by a schedule, with any event.
 */
export function createHandler(deps: KeeperDeps): () => Promise<KeeperRun> {
  return async () => {
    const began = deps.now();
    const run: KeeperRun = { sealed: 0, changed: 0, failed: 0, complete: true };
    for await (const group of groupsOf(deps.events, began)) {
      if (deps.now() > began + BUDGET) {
        run.complete = false;
        leave(deps, group.hour);
        break;
      }
      await seal(deps, group, run);
    }
    const level = run.sealed + run.changed + run.failed > 0 ? 'info' : 'debug';
    deps.logger[level]('counters sealed', { ...run, milliseconds: deps.now() - began });
    return run;
  };
}

/** What is sealed together: of one store and hour, or of one store and day. */
interface Group {
  readonly store: StoreId;
  /** Of the first. */
  readonly hour: string;
  readonly from: readonly (Counter | NotedEvent)[];
}

/** What was noted, and then what was counted, each the oldest first. */
async function* groupsOf(events: SealableEvents, now: number): AsyncGenerator<Group> {
  for (const day of daysToSeal(now)) yield* pagesOf((page) => events.listNoted(day, page));
  for (const hour of hoursToSeal(now)) yield* pagesOf((page) => events.list(hour, page));
}

async function* pagesOf<Item extends Counter | NotedEvent>(
  list: (page: PageRequest) => Promise<Page<Item>>,
): AsyncGenerator<Group> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE, ...(after !== undefined && { after }) });
    for (const [store, from] of Map.groupBy(page.items, storeOf)) {
      for (const some of chunksOf(from, AT_ONCE)) yield groupOf(store, some);
    }
    after = page.next;
  } while (after !== undefined);
}

function groupOf(store: StoreId, from: readonly (Counter | NotedEvent)[]): Group {
  const [first] = from;
  const hour = first === undefined ? '' : 'event' in first ? hourOf(first.event.time) : first.hour;
  return { store, hour, from };
}

function storeOf(from: Counter | NotedEvent): StoreId {
  return ('event' in from ? from.event : from.events).store;
}

/** @param hour the oldest that is left of its kind, because they come in their order */
function leave({ logger, now }: KeeperDeps, hour: string): void {
  if (now() > startOfHour(hour) + TOO_LATE) logger.error('counts waiting', { hour });
}

/** One that cannot be sealed must not keep the others from it: what fails together is tried in halves. */
async function seal(deps: KeeperDeps, { store, hour, from }: Group, run: KeeperRun): Promise<void> {
  const { logger, events, now } = deps;
  const time = now();
  const sealings = from.map((one): Sealing => ({ from: one, record: recordOf(one, time) }));
  try {
    const sealed = await events.seal(store, sealings);
    run.sealed += sealed;
    run.changed += sealings.length - sealed;
  } catch (error) {
    if (from.length > 1 && !isOverloaded(error)) {
      for (const half of chunksOf(from, Math.ceil(from.length / 2))) await seal(deps, groupOf(store, half), run);
      return;
    }
    run.failed += from.length;
    const actions = [...new Set(sealings.map(({ record }) => record.action))].join(' ');
    logger.error('not sealed', { hour, action: actions, stack: stackOf(error) });
  }
}

/** Smaller parts would fare no better. */
function isOverloaded(error: unknown): boolean {
  return error instanceof XapiError && error.code === 'overloaded';
}

function recordOf(from: Counter | NotedEvent, time: number): AuditEvent {
  return 'event' in from ? from.event : summaryOf(from.events, from.hour, time);
}
