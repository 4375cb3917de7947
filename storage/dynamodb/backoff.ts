import { setTimeout } from 'node:timers/promises';
import { overloaded } from '#storage/aws/overload.ts';

const FIRST_PAUSE_MS = 25;
const ATTEMPTS = 7;

/**
 * Sends a batch, then again what came back unprocessed, after pauses that double: 25 ms … 1.6 s.
 *
 * @param send gets what is left to do and returns what of it was not done.
 * @throws XapiError `overloaded` when something is left after the last attempt.
 */
export async function sendUntilProcessed<Work>(
  work: readonly Work[],
  send: (work: readonly Work[]) => Promise<readonly Work[]>,
): Promise<void> {
  let left = work;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    left = await send(left);
    if (left.length === 0) return;
    await setTimeout(FIRST_PAUSE_MS * 2 ** attempt);
  }
  throw overloaded(new Error(`${left.length} of ${work.length} items of a batch stayed unprocessed`));
}
