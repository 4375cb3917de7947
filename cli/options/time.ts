import { wrongUsage } from '#cli/failure.ts';

const DATE = /^\d{4}-\d\d-\d\d$/u;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/u;

export const TIME_RULE = 'a date (its beginning in UTC) or a timestamp with its zone';

/** What statements can be chosen by; absent: no bound. */
export interface Period {
  readonly since?: string;
  readonly until?: string;
}

/** @returns --since and --until as the API takes them. @throws Failure 2, also when nothing can be in between */
export function readPeriod({ since: begin, until: end }: Period): Period {
  const since = begin === undefined ? undefined : readTime('--since', begin);
  const until = end === undefined ? undefined : readTime('--until', end);
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until)) {
    throw wrongUsage(
      `--since is ${JSON.stringify(begin)}; it has to be before --until, which is ${JSON.stringify(end)}.`,
    );
  }
  return { ...(since !== undefined && { since }), ...(until !== undefined && { until }) };
}

/** @returns as the API takes it. @throws Failure 2 */
function readTime(option: string, text: string): string {
  const timestamp = DATE.test(text) ? `${text}T00:00:00Z` : text.replace(/(T\d\d:\d\d)(?=[Z+-])/u, '$1:00');
  const isTime = (DATE.test(text) || TIMESTAMP.test(text)) && !Number.isNaN(Date.parse(timestamp));
  if (isTime) return timestamp;
  throw wrongUsage(
    `${option} is ${JSON.stringify(text)}; it has to be ${TIME_RULE}: 2026-09-01, 2026-09-01T12:00:00+02:00.`,
  );
}
