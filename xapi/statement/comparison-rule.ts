import { isJsonObject } from '#xapi/json/json-value.ts';
import { canonicalText } from '#xapi/statement/canonical-text.ts';

/**
 * Turns a value into one that is the same for all values that mean the same. Takes whatever JSON can say, valid or not,
 * because the payload of a signature has not been validated. `undefined`: not part of the comparison.
 */
export type ComparisonRule = (value: unknown) => unknown;

export const ignored: ComparisonRule = () => undefined;

/** UUIDs, hashes and language tags. */
export const caseInsensitive: ComparisonRule = (value) => (typeof value === 'string' ? value.toLowerCase() : value);

/** The value that absence means is the same as absence. */
export function unlessDefault(implied: string): ComparisonRule {
  return (value) => (value === implied ? undefined : value);
}

/** Applies a rule to each member that has one; the others are compared as they are. */
export function members(rules: Readonly<Record<string, ComparisonRule>>): ComparisonRule {
  const byName = new Map(Object.entries(rules));
  return (value) => {
    if (!isJsonObject(value)) return value;
    const compared = Object.entries(value).map(([name, member]) => [name, compare(byName.get(name), member)] as const);
    return Object.fromEntries(compared.filter(([, member]) => member !== undefined));
  };
}

/** A list whose order means nothing; a single object means a list of one. */
export function unordered(rule: ComparisonRule): ComparisonRule {
  return (value) => {
    if (!Array.isArray(value) && !isJsonObject(value)) return value;
    return [value].flat().map(rule).map(canonicalText).sort();
  };
}

function compare(rule: ComparisonRule | undefined, value: unknown): unknown {
  return rule === undefined ? value : rule(value);
}
