import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { countBodiesAsHeap } from '#local/garbage-collection.ts';

/**
 * - The heap may be eleven times as large as what is in use before V8 collects all by itself: some hundred answers, tens of
 *   megabytes, do not have it stop for 10 to 20 ms in their midst, with a thread beside it that takes the other processor.
 * - It does not begin to when there was nothing to do for a while, or it would end that in the next turn.
 * - Code stays compiled, or what one turn had compiled would be compiled again in the next.
 * - V8 gives its collector to contexts that are made after it was asked for it.
 */
const FLAGS = ['--heap-growing-percent=1000', '--no-memory-reducer', '--no-flush-bytecode', '--expose-gc'];

let collect: (() => void) | undefined;

/** Collects all garbage of this process now, so that it is not collected while something is timed. */
export function collectGarbage(): void {
  collect ??= collector();
  collect();
}

function collector(): () => void {
  countBodiesAsHeap();
  for (const flag of FLAGS) setFlagsFromString(flag);
  const gc: unknown = runInNewContext('gc');
  if (typeof gc !== 'function') throw new Error('V8 does not give its garbage collector away');
  return () => void gc();
}
