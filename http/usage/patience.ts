import { setTimeout as wait } from 'node:timers/promises';

/** @returns whether the work was done within so many milliseconds; it goes on. @throws what the work throws before. */
export async function isDoneWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const done = new AbortController();
  const end = wait(milliseconds, false, { signal: done.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), end]);
  } finally {
    done.abort();
  }
}
