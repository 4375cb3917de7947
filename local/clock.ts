import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Calls no more, and waits for the call in flight. */
  stop(): Promise<void>;
}

/**
 * Calls a function again and again, as EventBridge does, but never twice at once. What it does wrong is logged.
 *
 * @param handler gets a signal that comes when the clock is stopped
 * @param interval milliseconds from the end of one call to the next, and to the first
 */
export function startClock(
  name: string,
  handler: (stopping: AbortSignal) => Promise<unknown>,
  interval: number,
): Clock {
  const stopping = new AbortController();
  const { signal } = stopping;
  const goOn = () => sleep(interval, true, { signal }).catch(() => false);
  const ended = tick(name, () => handler(signal), goOn);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

/** @param goOn waits for the next call; false: there is none. */
async function tick(name: string, handler: () => Promise<unknown>, goOn: () => Promise<boolean>): Promise<void> {
  while (await goOn()) {
    try {
      await handler();
    } catch (error) {
      console.error(`The function ${name} failed:`, error);
    }
  }
}
