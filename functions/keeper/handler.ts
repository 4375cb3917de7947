import { startOfHour, summaryOf } from '#access/counted-event.ts';
import { hoursToSeal } from '#functions/keeper/hours-to-seal.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import type { Counter, SealableCounters } from '#storage/event-counters.ts';

/** Counters that are read at once. */
const PAGE = 100;
/** Milliseconds from an hour on after which somebody has to be told that it waits: there is time left to do something. */
const TOO_LATE = 3 * 86_400_000;
/** Milliseconds after which a run leaves the rest to the next, well before its function is stopped. */
const BUDGET = 240_000;

export interface KeeperDeps {
  readonly logger: Logger;
  readonly counters: SealableCounters;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What became of the counters that a run has read. */
export interface KeeperRun {
  sealed: number;
  /** Somebody has counted or sealed since they were read: the next run looks again. */
  changed: number;
  failed: number;
  /** Whether the time was enough for all. */
  complete: boolean;
}

/**
 * Seals what was counted in hours that are over into the audit chains: each count becomes part of exactly one record, also
 * when a run dies or several run at once. Called by a schedule, with any event.
 */
export function createHandler(deps: KeeperDeps): () => Promise<KeeperRun> {
  return async () => {
    const began = deps.now();
    const run: KeeperRun = { sealed: 0, changed: 0, failed: 0, complete: true };
    for await (const counter of countersOf(deps.counters, hoursToSeal(began))) {
      if (deps.now() > began + BUDGET) {
        run.complete = false;
        leave(deps, counter.hour);
        break;
      }
      await seal(deps, counter, run);
    }
    const level = run.sealed + run.changed + run.failed > 0 ? 'info' : 'debug';
    deps.logger[level]('counters sealed', { ...run, milliseconds: deps.now() - began });
    return run;
  };
}

async function* countersOf(counters: SealableCounters, hours: readonly string[]): AsyncGenerator<Counter> {
  for (const hour of hours) {
    let after: string | undefined;
    do {
      const page = await counters.list(hour, { limit: PAGE, ...(after !== undefined && { after }) });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }
}

/** @param hour the oldest that is left, because they come in their order */
function leave({ logger, now }: KeeperDeps, hour: string): void {
  if (now() > startOfHour(hour) + TOO_LATE) logger.error('counts waiting', { hour });
}

/** A counter that cannot be sealed must not keep the others from it. */
async function seal({ logger, counters, now }: KeeperDeps, counter: Counter, run: KeeperRun): Promise<void> {
  const { hour, events } = counter;
  try {
    const sealed = await counters.seal(counter, summaryOf(events, hour, now()));
    run[sealed ? 'sealed' : 'changed'] += 1;
  } catch (error) {
    run.failed += 1;
    logger.error('not sealed', { hour, action: events.action, stack: stackOf(error) });
  }
}
