import type { LanguageMap } from '#xapi/statement/statement.ts';

/** One element of `Accept-Language`: a language range, lower-cased, and how much it is wanted (RFC 9110, 12.5.4). */
export interface LanguageRange {
  readonly range: string;
  /** 0 (not acceptable) … 1. */
  readonly weight: number;
}

/** Ranges that count, of those that are wanted and of those that are refused: more than anybody reads. */
const MOST_RANGES = 20;

/** At most nine subtags: every range is compared with every language of every map. */
const ELEMENT = /^(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8})(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/u;

/**
 * Reads `Accept-Language`, the most wanted range first; what is malformed is passed over, as it only states a wish.
 * Without the header every language is as good.
 */
export function languageRanges(header: string | undefined): readonly LanguageRange[] {
  const ranges = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((element) => ELEMENT.exec(element.trim()))
    .flatMap((match) => (match === null ? [] : [{ range: match[1] ?? '', weight: Number(match[2] ?? 1) }]))
    .sort((a, b) => b.weight - a.weight);
  const wanted = ranges.filter(({ weight }) => weight > 0).slice(0, MOST_RANGES);
  const refused = ranges.filter(({ weight }) => weight === 0).slice(0, MOST_RANGES);
  return [...wanted, ...refused];
}

/**
 * The one language of a map to return (xAPI 1.0.3, Communication 2.1.3, "Language Filtering Requirements"): the one that
 * the header gives the most weight, where the longest range that matches a language decides its weight and `*` that of
 * all others (RFC 2616, 14.4). Where the header gives none any weight, what comes closest: by lookup (RFC 4647, 3.4) a
 * more general language (`en-US` finds `en`), then any of the same primary language (`en-US` finds `en-GB`), the first
 * that is not refused, the first.
 *
 * @param ranges from `languageRanges`
 * @returns a map with one entry, or the empty map it got
 */
export function chooseLanguage(map: LanguageMap, ranges: readonly LanguageRange[]): LanguageMap {
  const tags = Object.keys(map);
  if (tags.length <= 1) return map;
  const rated = tags.map((tag) => ({ tag, range: decidingRange(tag, ranges) }));
  const unrated = rated.filter(({ range }) => range === undefined).map(({ tag }) => tag);
  const tag = mostWanted(rated, ranges) ?? nearest(unrated, ranges) ?? tags[0];
  return Object.fromEntries(Object.entries(map).filter(([name]) => name === tag));
}

interface RatedTag {
  readonly tag: string;
  /** Undefined where the header says nothing of the language. */
  readonly range: LanguageRange | undefined;
}

function decidingRange(tag: string, ranges: readonly LanguageRange[]): LanguageRange | undefined {
  const name = tag.toLowerCase();
  const [longest] = ranges
    .filter(({ range }) => isBegunBy(name, range))
    .toSorted((a, b) => b.range.length - a.range.length);
  return longest ?? ranges.find(({ range }) => range === '*');
}

function mostWanted(rated: readonly RatedTag[], ranges: readonly LanguageRange[]): string | undefined {
  const wanted = rated.flatMap(({ tag, range }) => {
    if (range === undefined || range.weight === 0) return [];
    return [{ tag, order: ranges.indexOf(range), exact: tag.toLowerCase() === range.range }];
  });
  return wanted.toSorted((a, b) => a.order - b.order || Number(b.exact) - Number(a.exact))[0]?.tag;
}

function nearest(tags: readonly string[], ranges: readonly LanguageRange[]): string | undefined {
  const wanted = ranges.filter(({ weight }) => weight > 0).map(({ range }) => range);
  return (
    first(wanted, (range) => first(shortened(range), (shorter) => named(tags, shorter))) ??
    first(wanted, (range) => tags.find((tag) => isBegunBy(tag.toLowerCase(), primary(range)))) ??
    tags[0]
  );
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

/** @param name a tag in lower case */
function isBegunBy(name: string, range: string): boolean {
  return name.startsWith(range) && (name.length === range.length || name[range.length] === '-');
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
