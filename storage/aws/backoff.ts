import { setTimeout } from 'node:timers/promises';
import { overloaded } from '#storage/aws/overload.ts';

const FIRST_PAUSE_MS = 25;
const LAST_PAUSE_MS = 1_600;

/**
 * Sends a batch, then again what came back unprocessed, after pauses that double: 25 ms … 1.6 s, 3.2 s together.
 *
 * @param send gets what is left to do and returns what of it was not done.
 * @param wait milliseconds.
 * @throws XapiError `overloaded` when something is left after the last pause.
 */
export async function sendUntilProcessed<Work>(
  work: readonly Work[],
  send: (work: readonly Work[]) => Promise<readonly Work[]>,
  wait: (pause: number) => Promise<void> = setTimeout,
): Promise<void> {
  let left = await send(work);
  for (let pause = FIRST_PAUSE_MS; left.length > 0; pause *= 2) {
    if (pause > LAST_PAUSE_MS) {
      throw overloaded(new Error(`${left.length} of ${work.length} items of a batch stayed unprocessed`));
    }
    await wait(pause);
    left = await send(left);
  }
}

const ATTEMPTS = 12;

/**
 * Tries until there is a result, after pauses of random length, so that those who were in each other's way do not meet
 * again: up to 25 ms, 50 ms … 1.6 s, 9.6 s together.
 *
 * @param attempt resolves to undefined when somebody else was in the way.
 * @param wait milliseconds.
 * @param random from 0 up to 1.
 * @throws XapiError `overloaded` when the last attempt has no result.
 */
export async function tryUntilDone<Result>(
  attempt: () => Promise<Result | undefined>,
  wait: (pause: number) => Promise<void> = setTimeout,
  random: () => number = Math.random,
): Promise<Result> {
  for (let tries = 1, bound = FIRST_PAUSE_MS; ; tries += 1, bound = Math.min(bound * 2, LAST_PAUSE_MS)) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (tries === ATTEMPTS) throw overloaded(new Error(`Others were in the way ${ATTEMPTS} times`));
    await wait(random() * bound);
  }
}
