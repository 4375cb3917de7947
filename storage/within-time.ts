/**
 * Runs work that is to be given up after some time.
 *
 * `AbortSignal.timeout` would keep its timer, and make an error, for every piece of work that ended long before.
 *
 * @param milliseconds until the signal given to the work is aborted
 */
export async function withinTime<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.max(0, milliseconds));
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
