import type { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';

/** What some requests in a row took. */
export interface Slice {
  /** Milliseconds of each request, in the order in which they ended. */
  readonly times: readonly number[];
  /** Milliseconds from the first to the last. */
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

/** Sends requests of one kind, as many at once as the operation says, until one of the limits is reached. */
export async function runSlice(client: LrsClient, operation: Operation, limits: SliceLimits): Promise<Slice> {
  const times: number[] = [];
  const failures: string[] = [];
  const begin = performance.now();
  let next = limits.first;
  const worker = async (): Promise<void> => {
    const perform = operation.begin(client);
    while (next < limits.first + limits.count && performance.now() - begin < limits.time) {
      const index = next;
      next += 1;
      const start = performance.now();
      try {
        await perform(index);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: operation.inFlight }, worker));
  return { times, elapsed: performance.now() - begin, failures };
}
