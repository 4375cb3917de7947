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
