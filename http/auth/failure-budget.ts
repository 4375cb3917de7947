import { sourceNetwork } from '#http/auth/source-network.ts';
import { LruMap } from '#storage/lru-map.ts';

/** Failed attempts that one source has in a minute. */
export const FAILURES_PER_MINUTE = 30;

const MINUTE = 60_000;

/** Sources that are remembered. */
const CAPACITY = 1_000;

interface Failures {
  count: number;
  /** Milliseconds since 1970 of the first one. */
  readonly since: number;
}

/** How many attempts to be let in may fail before their source has to wait; of one process. */
export class FailureBudget {
  readonly #now: () => number;
  readonly #sources = new LruMap<string, Failures>(CAPACITY);

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the seconds after which attempts from there are looked at again; undefined: at once. */
  wait(source: string): number | undefined {
    const failures = this.#current(source);
    if (failures === undefined || failures.count < FAILURES_PER_MINUTE) return undefined;
    return Math.max(1, Math.ceil((failures.since + MINUTE - this.#now()) / 1_000));
  }

  spend(source: string): void {
    const failures = this.#current(source);
    if (failures === undefined) this.#sources.set(sourceNetwork(source), { count: 1, since: this.#now() });
    else failures.count += 1;
  }

  #current(source: string): Failures | undefined {
    const failures = this.#sources.get(sourceNetwork(source));
    if (failures === undefined) return undefined;
    const age = this.#now() - failures.since;
    // From after now it is when the clock was set back.
    return age >= 0 && age < MINUTE ? failures : undefined;
  }
}
