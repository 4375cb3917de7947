/**
 * Lets through `rate` a second over any time, and `burst` more at once: in a window of w seconds never more than
 * `burst + rate × w`, the highest of both that were set counting.
 */
export class TokenBucket {
  #rate: number;
  #burst: number;
  #tokens: number;
  /** Milliseconds of the clock. */
  #filled: number;

  /** @param rate tokens a second @param burst tokens that it holds @param now milliseconds */
  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filled = now;
  }

  /** What is in it stays, as far as there is room. */
  change(rate: number, burst: number, now: number): void {
    this.#fill(now);
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = Math.min(this.#tokens, burst);
  }

  /** @returns 0 when a token was there, else milliseconds until one is, having taken none. */
  take(now: number): number {
    this.#fill(now);
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#rate) * 1_000);
    this.#tokens -= 1;
    return 0;
  }

  /** A clock that is set back fills nothing. */
  #fill(now: number): void {
    const seconds = Math.max(0, now - this.#filled) / 1_000;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#rate);
    this.#filled = now;
  }
}
