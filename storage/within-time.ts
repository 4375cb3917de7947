/**
 * Runs work that is to be given up after some time.
 *
 * `AbortSignal.timeout` would keep its timer, and make an error, for every piece of work that ended long before.
 *
 * @param end milliseconds of the clock, at which the signal given to the work is aborted. Who asks the signal is told by
 * the clock, not by a timer alone: Lambda freezes a process that has answered, and of the timers that are due when it
 * goes on, that of a retry may fire before that of the end.
 * @param now milliseconds
 */
export async function withinTime<Result>(
  end: number,
  now: () => number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const { signal } = controller;
  let over = false;
  const abort = (): void => {
    over = true;
    controller.abort();
  };
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      if (!over && now() >= end) abort();
      return over;
    },
  });
  const timer = setTimeout(abort, Math.max(0, end - now()));
  try {
    return await work(signal);
  } finally {
    clearTimeout(timer);
  }
}
