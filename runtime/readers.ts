/**
 * What turns the text of a setting, undefined when it is not given, into its value.
 *
 * @throws Unexpected
 */
export type Reader<T> = (text: string | undefined) => T;

/** The message says what the setting has to be, so that it ends a sentence: "it has to be …". */
export class Unexpected extends Error {}

export function required(expected: string): Reader<string> {
  return (text) => {
    if (text === undefined) throw new Unexpected(expected);
    return text;
  };
}

export function url(text: string | undefined): string | undefined {
  if (text !== undefined && !/^https?:\/\//u.test(text)) throw new Unexpected('an http or https URL');
  return text;
}

const PATH_RULE = 'names of letters, digits and signs of . _ ~ -, none of them . or .., and no slash at its end';

export function path(fallback: string): Reader<string> {
  return (text) => {
    const value = text ?? fallback;
    // Clients resolve the segments `.` and `..` before they send anything.
    if (!/^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/u.test(value))
      throw new Unexpected(`a path such as /xapi: ${PATH_RULE}`);
    return value;
  };
}

export interface IntegerRange {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

export function integer({ fallback, min, max }: IntegerRange): Reader<number> {
  return (text) => {
    const value = text === undefined ? fallback : /^\d+$/u.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw new Unexpected(`a whole number from ${min} to ${max}`);
    return value;
  };
}

export function oneOf<Value extends string>(values: readonly Value[], fallback: Value): Reader<Value> {
  return (text) => {
    if (text === undefined) return fallback;
    const value = values.find((candidate) => candidate === text);
    if (value === undefined) throw new Unexpected(`one of ${values.join(', ')}`);
    return value;
  };
}
