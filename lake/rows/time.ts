import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';

const MICROSECONDS = 1_000n;
/** What stands behind the milliseconds of a fraction. */
const BEHIND_MILLISECONDS = /[.,]\d{3}(\d{1,3})/u;

/** @param milliseconds since 1970, whole @returns microseconds */
export function microsecondsOf(milliseconds: number): bigint {
  return BigInt(milliseconds) * MICROSECONDS;
}

/** @returns microseconds since 1970, what is finer cut off; null for what is no timestamp (xAPI 1.0.3, Data 4.5) */
export function timestampMicroseconds(text: string | undefined): bigint | null {
  if (text === undefined) return null;
  const milliseconds = timestampMilliseconds(text);
  if (Number.isNaN(milliseconds)) return null;
  const [, finer = ''] = BEHIND_MILLISECONDS.exec(text) ?? [];
  return microsecondsOf(milliseconds) + BigInt(finer.padEnd(3, '0') || 0);
}
