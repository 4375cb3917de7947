import { wrongUsage } from '#cli/failure.ts';

const DATE = /^\d{4}-\d\d-\d\d$/u;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/u;

export const TIME_RULE = 'a date (its beginning in UTC) or a timestamp with its zone';

/** @returns as the API takes it. @throws Failure 2 */
export function readTime(option: string, text: string): string {
  const timestamp = DATE.test(text) ? `${text}T00:00:00Z` : text.replace(/(T\d\d:\d\d)(?=[Z+-])/u, '$1:00');
  const isTime = (DATE.test(text) || TIMESTAMP.test(text)) && !Number.isNaN(Date.parse(timestamp));
  if (isTime) return timestamp;
  throw wrongUsage(
    `${option} is ${JSON.stringify(text)}; it has to be ${TIME_RULE}: 2026-09-01, 2026-09-01T12:00:00+02:00.`,
  );
}
