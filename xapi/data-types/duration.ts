const DURATION =
  /^P(?!$)(?:\d+(?:[.,]\d+)?W|(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?(?:T(?!$)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)$/;

const FRACTION_BEFORE_LAST = /[.,]\d+[A-Z]./;

/**
 * ISO 8601:2004, 4.4.3.2: designators only; weeks stand alone; only the last component may have a fraction
 * (xAPI 1.0.3, Data 4.6; xAPI 2.0, 4.2.7).
 */
export function isDuration(text: string): boolean {
  return DURATION.test(text) && !FRACTION_BEFORE_LAST.test(text);
}

const COMPONENTS =
  /^P(?:([\d.,]+)W)?(?:([\d.,]+)Y)?(?:([\d.,]+)M)?(?:([\d.,]+)D)?(?:T(?:([\d.,]+)H)?(?:([\d.,]+)M)?(?:([\d.,]+)S)?)?$/;

const DAY = 86_400;
/** Of the Julian calendar, as long as a year is on average. */
const YEAR = 365.25 * DAY;
/** Seconds of each component, in the order of `COMPONENTS`. */
const SECONDS = [7 * DAY, YEAR, YEAR / 12, DAY, 3_600, 60, 1] as const;

/**
 * @returns seconds, where a year has 365.25 days and a month is a twelfth of it; NaN for a text that is no duration
 */
export function durationSeconds(text: string): number {
  const match = isDuration(text) ? COMPONENTS.exec(text) : null;
  if (match === null) return Number.NaN;
  return SECONDS.reduce(
    (sum, seconds, index) => sum + seconds * Number((match[index + 1] ?? '0').replace(',', '.')),
    0,
  );
}
