import type { StoreId } from '#access/store.ts';

/** Whose requests are counted, of which day. */
export interface UsageSubject {
  readonly store: StoreId;
  /** The key of the principal. */
  readonly principal: string;
  /** In UTC: `2026-03-01`. */
  readonly day: string;
  /** Seconds since 1970 from which the count may be forgotten; absent: its day is the last use of a credential. */
  readonly expires?: number;
}

/** How many requests each principal has sent on the last day on which it sent any. */
export interface UsageCounter {
  /** @returns how many they are together, or undefined when the count has gone on to the next day and took none of these. */
  add(subject: UsageSubject, requests: number): Promise<number | undefined>;
}
