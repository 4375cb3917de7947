/** What is wrong with an option or an argument, in a sentence. */
export class OptionError extends Error {}

/** @throws OptionError */
export function wholeNumber(
  name: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new OptionError(`${name} is ${text}; it has to be a whole number from ${min} to ${max}.`);
}
