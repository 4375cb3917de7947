import { type Figures, figuresOf } from '#bench/load/figures.ts';
import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';
import { runSlice, type Slice, type SliceLimits } from '#bench/load/run-slice.ts';

/** One of those that take turns, with its own form of the operation. */
export interface Turn {
  readonly client: LrsClient;
  readonly operation: Operation;
}

export interface TurnLimits {
  /** Requests to one LRS that are counted, at most. */
  readonly count: number;
  /** Requests that are sent before those, at most. */
  readonly warmUp: number;
  /** Milliseconds of one LRS, at most. */
  readonly time: number;
  /** Times that the LRSs take turns. */
  readonly rounds: number;
}

/**
 * Sends the requests of an operation to each LRS in several slices, by turns.
 *
 * @param settle waits until an LRS has done what it has left to do, which must not slow the other
 * @returns figures in the order of the turns
 */
export async function takeTurns(
  turns: readonly Turn[],
  { count, warmUp, time, rounds }: TurnLimits,
  settle: (before: string) => Promise<void>,
): Promise<readonly Figures[]> {
  const slices = turns.map((): Slice[] => []);
  const each = Math.ceil(count / rounds);
  for (const turn of turns) {
    await turn.operation.prepare?.(turn.client, count + warmUp);
    await warm(turn, { first: count, count: warmUp, time: time / 2 }, each);
  }
  const several = turns.length > 1;
  const prepared = turns.find(({ operation }) => operation.prepare !== undefined);
  if (several && prepared !== undefined) await settle(prepared.operation.name);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { client, operation }] of turns.entries()) {
      const first = round * each;
      const limits = { first, count: Math.min(each, count - first), time: time / rounds };
      if (several && operation.leavesWork === true) await settle(operation.name);
      slices[index]?.push(await runSlice(client, operation, limits));
    }
  }
  return slices.map(figuresOf);
}

/** Requests that are not counted, in slices that are no longer than those that are: answers are kept until a slice ends. */
async function warm({ client, operation }: Turn, { first, count, time }: SliceLimits, each: number): Promise<void> {
  const begin = performance.now();
  for (let sent = 0; sent < count; sent += each) {
    const left = time - (performance.now() - begin);
    await runSlice(client, operation, { first: first + sent, count: Math.min(each, count - sent), time: left });
  }
}
