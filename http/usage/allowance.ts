import type { RequestLimits } from '#access/request-limits.ts';
import { utcText } from '#access/utc-text.ts';
import { RateShare } from '#http/usage/rate-share.ts';
import { TokenBucket } from '#http/usage/token-bucket.ts';
import { LOT_SIZE } from '#http/usage/tally.ts';

export interface Refusal {
  readonly limit: keyof RequestLimits;
  /** Seconds, 1 or more, after which a request may be let through again. */
  readonly retryAfter: number;
}

/** A count that was written: `own` requests by this process, `total` by all on that day. */
export interface WrittenCount {
  readonly day: string;
  readonly own: number;
  readonly total: number;
}

const DAY_MS = 86_400_000;
/** Seconds: by then a process has forgotten what others did that does no longer. */
const LONGEST_WAIT = 10;

/** The day in UTC: `2026-03-01`. @param time milliseconds since 1970 */
export const dayOf = utcText(DAY_MS, 'YYYY-MM-DD');

/** Requests that are written together: few where a limit is small, because what is not written others do not know of. */
export function lotSizeOf({ perSecond, perDay }: RequestLimits): number {
  return Math.max(1, Math.floor(Math.min(LOT_SIZE, perSecond / 10, perDay / 1_000)));
}

/** What one process lets one principal do, by what it has counted and what it has been told of the others. */
export class Allowance {
  readonly #share = new RateShare();
  readonly #tokenBucket: TokenBucket;
  /** Requests a second that the bucket is set to. */
  #rate: number;
  #day: string;
  /** Requests of the day by all processes, as far as told. */
  #total = 0;
  /** Requests of the day by this process, and how many of them are in the total. */
  #own = 0;
  #written = 0;

  /** @param now milliseconds since 1970 */
  constructor({ perSecond }: RequestLimits, now: number) {
    this.#rate = perSecond;
    this.#tokenBucket = new TokenBucket(perSecond, 2 * perSecond, now);
    this.#day = dayOf(now);
  }

  /** @returns undefined when the request may go on and is counted. @param now milliseconds since 1970 */
  admit({ perSecond, perDay }: RequestLimits, now: number): Refusal | undefined {
    this.#turnTo(dayOf(now));
    if (this.#total + Math.max(0, this.#own - this.#written) >= perDay) {
      return { limit: 'perDay', retryAfter: Math.ceil((DAY_MS - (now % DAY_MS)) / 1_000) };
    }
    this.#adjust(perSecond, now);
    const wait = this.#tokenBucket.take(now);
    if (wait > 0) return { limit: 'perSecond', retryAfter: Math.min(LONGEST_WAIT, Math.ceil(wait / 1_000)) };
    this.#own += 1;
    return undefined;
  }

  /** @param now milliseconds since 1970 */
  learn({ day, own, total }: WrittenCount, now: number): void {
    if (day !== this.#day) return;
    this.#written += own;
    this.#total = Math.max(this.#total, total);
    this.#share.learn({ time: now, own: this.#written, total: this.#total });
  }

  #adjust(perSecond: number, now: number): void {
    const rate = this.#share.rateOf(perSecond, now);
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#tokenBucket.change(rate, Math.max(1, 2 * rate), now);
  }

  #turnTo(day: string): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#total = 0;
    this.#own = 0;
    this.#written = 0;
    this.#share.forget();
  }
}
