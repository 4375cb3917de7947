import { wrongUsage } from '#cli/failure.ts';
import { durationText } from '#cli/output/duration-text.ts';

export const DURATION_RULE = 'a number with a unit: 30m, 24h, 90d, 2w';

const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A hundred years: what is longer was mistyped. */
const LONGEST = 36_525 * MILLISECONDS.d;

/**
 * @param option as it is named in the message
 * @returns milliseconds
 * @throws Failure 2
 */
export function readDuration(option: string, text: string): number {
  const { count = '', unit = '' } = /^(?<count>\d{1,9})(?<unit>[smhdw])$/u.exec(text)?.groups ?? {};
  const milliseconds = Number(count) * (isUnit(unit) ? MILLISECONDS[unit] : Number.NaN);
  if (milliseconds <= LONGEST && milliseconds > 0) return milliseconds;
  throw wrongUsage(`${option} is ${JSON.stringify(text)}; it has to be ${DURATION_RULE}.`);
}

/** @param most minutes. @returns whole minutes. @throws Failure 2, also on a duration that is none */
export function readMinutes(option: string, text: string, most: number): number {
  const minutes = (text === '0' ? 0 : readDuration(option, text)) / MILLISECONDS.m;
  if (Number.isInteger(minutes) && minutes <= most) return minutes;
  const rule = `whole minutes, ${durationText(most * 60)} at most`;
  throw wrongUsage(`${option} is ${JSON.stringify(text)}; it has to be ${rule}.`);
}

function isUnit(text: string): text is keyof typeof MILLISECONDS {
  return Object.hasOwn(MILLISECONDS, text);
}
