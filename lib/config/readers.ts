import { type Reader, Unexpected } from '#runtime/readers.ts';

/** Readers for settings of a deployment, beside those that the functions have for theirs. */

export function boolean(fallback: boolean): Reader<boolean> {
  return (text) => {
    if (text === undefined) return fallback;
    if (text !== 'true' && text !== 'false') throw new Unexpected('true or false');
    return text === 'true';
  };
}

/** A text in one form, or nothing. */
export function optional(form: RegExp, expected: string): Reader<string | undefined> {
  return (text) => {
    if (text !== undefined && !form.test(text)) throw new Unexpected(expected);
    return text;
  };
}

export function matching(form: RegExp, expected: string, fallback: string): Reader<string> {
  return (text = fallback) => {
    if (!form.test(text)) throw new Unexpected(expected);
    return text;
  };
}

export function oneOfNumbers<Value extends number>(values: readonly Value[], fallback: Value): Reader<Value> {
  return (text) => {
    if (text === undefined) return fallback;
    const value = values.find((candidate) => String(candidate) === text);
    if (value === undefined) throw new Unexpected(`one of ${values.join(', ')}`);
    return value;
  };
}

/** Characters that every service takes in tags; a comma separates tags. */
const TAG = /^(?!aws:)(?<key>[\w .:/+@-]{1,128})=(?<value>[\w .:/+@-]{0,256})$/iu;

/** What every resource has anyway: `lib/create-stacks.ts`. */
const OWN_TAGS = ['lrs', 'stage'];

/** `team=learning,cost-center=42` */
export function tags(text = ''): Readonly<Record<string, string>> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  const read = pairs.map((pair): readonly [string, string] => {
    const { key, value } = TAG.exec(pair.trim())?.groups ?? {};
    if (key === undefined || value === undefined) throw new Unexpected('tags such as team=learning,cost-center=42');
    return [key, value];
  });
  // IAM refuses a role with two keys that differ in case only, when everything else is there already.
  const keys = [...OWN_TAGS, ...read.map(([key]) => key.toLowerCase())];
  if (new Set(keys).size < keys.length) {
    throw new Unexpected('tags with a key each that no other has, in small letters or capitals, nor lrs or stage');
  }
  return Object.fromEntries(read);
}
