/** The first try included. */
const ATTEMPTS = 4;

/** Seconds that are waited at most for another try. */
const MOST_PATIENCE = 30;

const FIRST_PAUSE = 500;

/**
 * How long to wait after a try that failed for now.
 *
 * @param attempt 1 for the first
 * @param retryAfter the header (RFC 9110, 10.2.3), if there was an answer that had one
 * @returns milliseconds; undefined: not again
 */
export function pauseAfter(attempt: number, retryAfter: string | null): number | undefined {
  if (attempt >= ATTEMPTS) return undefined;
  const seconds = /^\d{1,6}$/u.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  if (seconds === undefined) return FIRST_PAUSE * 2 ** (attempt - 1);
  return seconds <= MOST_PATIENCE ? seconds * 1_000 : undefined;
}

/** Whether the LRS asks to come again: too much at once, or no room for now. */
export function isForNow(status: number): boolean {
  return [429, 502, 503, 504].includes(status);
}
