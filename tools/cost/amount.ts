import { InputError } from './input-error.ts';

const AMOUNT = /^(?<digits>\d+(?:\.\d+)?(?:e\d{1,2})?)(?<suffix>[kmb]?)$/iu;
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };

/** Of all numbers that are given, so that no sum of their products is beyond what a number can be. */
export const LARGEST = 1e12;

/**
 * A whole number as people write it: `250`, `10k`, `1.5M`, `1e6`, `1B`.
 *
 * @throws InputError when it is none, or not from `least` to `most`
 */
export function readAmount(name: string, text: string, { least = 0, most = LARGEST } = {}): number {
  const { digits, suffix = '' } = AMOUNT.exec(text.replaceAll('_', ''))?.groups ?? {};
  // 0.57k is 570, not 569.9999999999999.
  const value = Number((Number(digits) * (FACTORS[suffix.toLowerCase()] ?? NaN)).toPrecision(15));
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = `a whole number from ${format(least)} to ${format(most)}`;
  throw new InputError(`--${name} is "${text}"; it has to be ${range}, such as 250, 10k, 1.5M, 1e6 or 1B.`);
}

function format(value: number): string {
  return value >= 1e9 ? `${value / 1e9}B` : String(value);
}
