import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, but not beyond the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}

const FIRST_PAUSE = 1_000;
const LAST_PAUSE = 30_000;

/** Tries until it succeeds, after pauses that double, 1 s … 30 s. @returns undefined when the signal has ended it */
export async function retry<Result>(
  what: string,
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  for (let milliseconds = FIRST_PAUSE; !signal.aborted; milliseconds = Math.min(2 * milliseconds, LAST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return undefined;
      console.error(`${what} failed, and is tried again:`, error);
    }
    await pause(milliseconds, signal);
  }
  return undefined;
}
