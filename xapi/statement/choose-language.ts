import type { LanguageMap } from '#xapi/statement/statement.ts';

/** One element of `Accept-Language`: a language range, lower-cased, and how much it is wanted (RFC 9110, 12.5.4). */
export interface LanguageRange {
  readonly range: string;
  /** 0 (not acceptable) … 1. */
  readonly weight: number;
}

const ELEMENT = /^(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/u;

/**
 * Reads `Accept-Language`, the most wanted range first; what is malformed is passed over, as it only states a wish.
 * Without the header every language is as good.
 */
export function languageRanges(header: string | undefined): readonly LanguageRange[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((element) => ELEMENT.exec(element.trim()))
    .flatMap((match) => (match === null ? [] : [{ range: match[1] ?? '', weight: Number(match[2] ?? 1) }]))
    .sort((a, b) => b.weight - a.weight);
}

/**
 * The one language of a map to return (xAPI 1.0.3, Communication 2.1.3, "Language Filtering Requirements"): each range
 * before the next; a range finds the language it names, else one that it begins (`en` finds `en-GB`), else by lookup
 * (RFC 4647, 3.4) a more general one (`en-US` finds `en`). Then comes any of the same primary language (`en-US` finds
 * `en-GB`), the first that is not refused, the first.
 *
 * @returns a map with one entry, or the empty map it got
 */
export function chooseLanguage(map: LanguageMap, ranges: readonly LanguageRange[]): LanguageMap {
  const tags = Object.keys(map);
  if (tags.length <= 1) return map;
  const wanted = ranges.filter(({ weight }) => weight > 0).map(({ range }) => range);
  const refused = new Set(ranges.filter(({ weight }) => weight === 0).map(({ range }) => range));
  const accepted = tags.filter((tag) => !refused.has(tag.toLowerCase()));
  const tag =
    first(wanted, (range) => lookup(accepted, range)) ??
    first(wanted, (range) => begunBy(accepted, primary(range))) ??
    accepted[0] ??
    tags[0];
  return Object.fromEntries(Object.entries(map).filter(([name]) => name === tag));
}

function lookup(tags: readonly string[], range: string): string | undefined {
  if (range === '*') return tags[0];
  return named(tags, range) ?? begunBy(tags, range) ?? first(shortened(range), (shorter) => named(tags, shorter));
}

/** Ever shorter ranges; a single letter or digit goes with what follows it (RFC 4647, 3.4). */
function shortened(range: string): readonly string[] {
  const subtags = range.split('-');
  return subtags
    .map((_, index) => subtags.slice(0, subtags.length - 1 - index))
    .filter((part) => (part.at(-1)?.length ?? 0) > 1)
    .map((part) => part.join('-'));
}

function named(tags: readonly string[], range: string): string | undefined {
  return tags.find((tag) => tag.toLowerCase() === range);
}

function begunBy(tags: readonly string[], range: string): string | undefined {
  return tags.find((tag) => `${tag.toLowerCase()}-`.startsWith(`${range}-`));
}

function primary(range: string): string {
  return range.split('-', 1)[0] ?? range;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
