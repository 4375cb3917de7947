import { isDoneWithin } from '#http/usage/patience.ts';

/** Milliseconds: what did not work, or not in time, would keep the next request waiting as well. */
const PAUSE = 5_000;
/** Milliseconds that an answer waits at most for what is written beside it. */
const PATIENCE = 250;

/** Work that goes on beside requests. When it fails or takes too long, nothing waits for it, or begins any, for 5 s. */
export class Beside {
  readonly #now: () => number;
  readonly #underWay = new Set<Promise<void>>();
  /** Milliseconds of the clock. */
  #troubled: number | undefined;

  /** @param now milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether it was in trouble a moment ago. A clock that is set back ends that. */
  get isPaused(): boolean {
    if (this.#troubled === undefined) return false;
    const age = this.#now() - this.#troubled;
    return age >= 0 && age < PAUSE;
  }

  pause(): void {
    this.#troubled = this.#now();
  }

  /** @param work never rejects */
  begin(work: Promise<void>): void {
    const done = work.finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  /**
   * @returns what resolves when nothing is under way any more, or after 250 ms, and never rejects; undefined when nothing
   * is, and in a pause.
   */
  settled(): Promise<void> | undefined {
    return this.#underWay.size === 0 || this.isPaused ? undefined : this.#settle();
  }

  async #settle(): Promise<void> {
    if (!(await isDoneWithin(Promise.all(this.#underWay), PATIENCE))) this.pause();
  }
}
