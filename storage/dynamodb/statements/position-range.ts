import { before, endOf, POSITION_PATTERN, startOf } from '#storage/position.ts';
import type { Extent } from '#storage/dynamodb/statements/entry-item.ts';
import { startOfSection } from '#storage/dynamodb/statements/section.ts';

/** Which positions a page may hold, and the order in which it does. */
export interface PositionRange {
  /** Inclusive; not itself a position when it comes from a time. */
  readonly from: string;
  readonly to: string;
  readonly ascending: boolean;
  /**
   * Where the page before ended: excluded, as is everything on its other side. In ascending order it may be `behind` a
   * position, so that what begins before is not read again.
   */
  readonly after: string | undefined;
}

/** Sorts behind every position, and behind those that begin with what it is appended to. */
export const BEYOND = '~';

/** What a page is asked for of. */
export interface Span extends Pick<PositionRange, 'ascending' | 'after'> {
  /** Milliseconds since 1970, exclusive. */
  readonly since: number | undefined;
  /** Milliseconds since 1970, inclusive. */
  readonly until: number | undefined;
}

export function positionRange({ since, until, ascending, after }: Span): PositionRange {
  const from = since === undefined ? startOf(0) : endOf(since);
  const to = until === undefined ? BEYOND : endOf(until);
  return {
    from: ascending && after !== undefined && after > from ? after : from,
    // Not the position itself, or what begins there would be read in vain.
    to: !ascending && after !== undefined && before(after) < to ? before(after) : to,
    ascending,
    after,
  };
}

export function isInRange(range: PositionRange, at: string): boolean {
  return at >= range.from && at <= range.to && at !== range.after;
}

/** Whether all that may be between these positions is in the range. */
export function isWithin(range: PositionRange, { first, last }: Extent): boolean {
  const isCut = range.after !== undefined && first <= range.after && range.after <= last;
  return first >= range.from && last <= range.to && !isCut;
}

/** Where to start among packs and entries: the one that holds `from` may begin before it, within the same section. */
export function entryRangeStart({ from }: Pick<PositionRange, 'from'>): string {
  return POSITION_PATTERN.test(from) ? startOfSection(from) : from;
}
