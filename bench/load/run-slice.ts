import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Check, Operation } from '#bench/load/operation.ts';
import { collectGarbage } from '#bench/support/garbage.ts';

/** What some requests in a row took. */
export interface Slice {
  /** Milliseconds of each request until its answer was there, in the order in which they ended. */
  readonly times: readonly number[];
  /** Milliseconds until the last answer was there. */
  readonly elapsed: number;
  /** What was wrong with each answer that was. */
  readonly failures: readonly string[];
}

export interface SliceLimits {
  /** Of the first request; the others follow. */
  readonly first: number;
  readonly count: number;
  /** Milliseconds: no request is begun after them. */
  readonly time: number;
}

/**
 * Sends requests of one kind, as many at once as the operation says, until one of the limits is reached, and then checks the
 * answers: client and LRS share the processors, and what the client does in between would be taken for the LRS's. So what
 * the requests send is made before, and garbage collected.
 */
export async function runSlice(client: LrsClient, operation: Operation, limits: SliceLimits): Promise<Slice> {
  const times: number[] = [];
  const failures: string[] = [];
  const checks: Check[] = [];
  operation.makeAhead?.(limits.first, limits.count);
  collectGarbage();
  const begin = performance.now();
  let next = limits.first;
  const worker = async (): Promise<void> => {
    const send = operation.begin(client);
    while (next < limits.first + limits.count && performance.now() - begin < limits.time) {
      const index = next;
      next += 1;
      const start = performance.now();
      try {
        checks.push(await send(index));
      } catch (error) {
        failures.push(messageOf(error));
      }
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: operation.inFlight }, worker));
  const elapsed = performance.now() - begin;
  return { times, elapsed, failures: [...failures, ...(await failuresOf(checks))] };
}

async function failuresOf(checks: readonly Check[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const check of checks) {
    // Connections that the LRS ends meanwhile must be seen to have ended, or the next slice would send on them.
    await nextTurn();
    try {
      check();
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  return failures;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
