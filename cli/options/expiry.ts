import { wrongUsage } from '#cli/failure.ts';
import { DURATION_RULE, readDuration } from '#cli/options/duration.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/u;

/**
 * A duration from now, a date (its beginning in UTC) or a timestamp with its zone.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970
 * @throws Failure 2
 */
export function readExpiry(option: string, text: string, now: number): number {
  if (/^\d+[a-z]$/u.test(text)) return now + readDuration(option, text);
  const time = DATE.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    const rule = `${DURATION_RULE}; or a date: 2027-01-31, 2027-01-31T12:00:00Z`;
    throw wrongUsage(`${option} is ${JSON.stringify(text)}; it has to be ${rule}.`);
  }
  if (time <= now) throw wrongUsage(`${option} is ${JSON.stringify(text)}, which is in the past.`);
  return time;
}

/** Whether the calendar has it: `Date` takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
