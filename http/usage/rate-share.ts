/** How many requests there were at a moment, since the day began. */
export interface RequestCounts {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Counted by this process and known to all. */
  readonly own: number;
  readonly total: number;
}

/** Milliseconds: the traffic of so long tells what a process may do, and for so long. */
const WINDOW = 10_000;
/** Milliseconds from one moment that is remembered to the next. */
const STEP = 100;
/** Of the whole rate, but at least one request a second: who may do nothing would never learn that there is room again. */
const LEAST_SHARE = 0.1;

interface Traffic {
  /** Milliseconds since 1970, when it was learnt. */
  readonly time: number;
  /** Requests a second by other processes. */
  readonly others: number;
  /** Of this process in all, 0 … 1. */
  readonly share: number;
}

/** Which part of a rate that is permitted to all processes together one of them may use, by what they did lately. */
export class RateShare {
  /** Of the last ten seconds. */
  readonly #moments: RequestCounts[] = [];
  #traffic: Traffic | undefined;

  learn(counts: RequestCounts): void {
    const last = this.#moments.at(-1);
    // A clock that is set back begins anew.
    if (last !== undefined && counts.time < last.time) this.#moments.length = 0;
    else if (last !== undefined && counts.time < last.time + STEP) return;
    this.#moments.push(counts);
    while ((this.#moments[0]?.time ?? counts.time) < counts.time - WINDOW) this.#moments.shift();
    const [first] = this.#moments;
    if (first !== undefined && first !== counts) this.#traffic = trafficBetween(first, counts);
  }

  /** What is known stands until there are two counts again, or is too old. */
  forget(): void {
    this.#moments.length = 0;
  }

  /**
   * What the others leave, and at least the own share: so nobody is refused while there is room, and where there is none,
   * the shares of all processes make the whole. Never less than a tenth. Without news for ten seconds, the whole.
   *
   * @param whole requests a second
   * @param now milliseconds since 1970
   */
  rateOf(whole: number, now: number): number {
    const traffic = this.#traffic;
    if (traffic === undefined || now < traffic.time || now > traffic.time + WINDOW) return whole;
    const least = Math.min(whole, Math.max(1, LEAST_SHARE * whole));
    return Math.max(whole - traffic.others, whole * traffic.share, least);
  }
}

function trafficBetween(first: RequestCounts, last: RequestCounts): Traffic {
  const own = last.own - first.own;
  const total = Math.max(own, last.total - first.total);
  const { time } = last;
  return { time, others: (1_000 * (total - own)) / (time - first.time), share: total === 0 ? 1 : own / total };
}
