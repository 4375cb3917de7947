/** How many requests there were at a moment, since the day began. */
export interface RequestCounts {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Counted by this process and known to all. */
  readonly own: number;
  readonly total: number;
}

/** Milliseconds: processes count in lots, so over less time a rate says little. */
const WINDOW = 10_000;
/** Milliseconds from one moment that is remembered to the next. */
const STEP = 100;

interface Traffic {
  /** Requests a second by other processes. */
  readonly others: number;
  /** Of this process in all, 0 … 1. */
  readonly share: number;
}

/** Which part of a rate that is permitted to all processes together one of them may use, by what they did lately. */
export class RateShare {
  readonly #moments: RequestCounts[] = [];
  #traffic: Traffic = { others: 0, share: 1 };

  learn(counts: RequestCounts): void {
    const last = this.#moments.at(-1);
    if (last !== undefined && counts.time < last.time + STEP) return;
    this.#moments.push(counts);
    while ((this.#moments[1]?.time ?? counts.time) <= counts.time - WINDOW) this.#moments.shift();
    const [first] = this.#moments;
    if (first !== undefined && first !== counts) this.#traffic = trafficBetween(first, counts);
  }

  /** What is known stands until there are two counts again. */
  forget(): void {
    this.#moments.length = 0;
  }

  /**
   * What the others leave, and at least the own share: so nobody is refused while there is room, and where there is none,
   * the shares of all processes make the whole.
   *
   * @param whole requests a second
   */
  rateOf(whole: number): number {
    const { others, share } = this.#traffic;
    return Math.max(whole - others, whole * share);
  }
}

function trafficBetween(first: RequestCounts, last: RequestCounts): Traffic {
  const own = last.own - first.own;
  const total = Math.max(own, last.total - first.total);
  return { others: (1_000 * (total - own)) / (last.time - first.time), share: total === 0 ? 1 : own / total };
}
