/** What is wrong with an option or an argument, in a sentence. */
export class OptionError extends Error {}

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** @throws OptionError */
export function wholeNumber(name: string, text: string, { min, max }: Bounds): number {
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new OptionError(`${name} is ${text}; it has to be a whole number from ${min} to ${max}.`);
}

/** Of a list by commas. @throws OptionError */
export function wholeNumbers(name: string, text: string, bounds: Bounds): readonly number[] {
  return text.split(',').map((part) => wholeNumber(name, part, bounds));
}
