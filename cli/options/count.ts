import { wrongUsage } from '#cli/failure.ts';

/** A whole number. @throws Failure 2 */
export function readCount(option: string, text: string, range: { readonly min: number; readonly max: number }): number {
  const count = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
  if (count >= range.min && count <= range.max) return count;
  const { min, max } = range;
  const rule = max === Number.MAX_SAFE_INTEGER ? `of ${min} or more` : `from ${min} to ${max}`;
  throw wrongUsage(`${option} is ${JSON.stringify(text)}; it has to be a whole number ${rule}.`);
}
