/** What is watched, and by what clock. Milliseconds, each from any point on. */
export interface Machine {
  readonly now: () => number;
  /** Time that all processors together have worked. */
  readonly worked: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export interface Wait {
  /** Milliseconds. */
  readonly waited: number;
  /** Whether the machine was idle at last; false when that took too long. */
  readonly idle: boolean;
  /** Processors that were busy at last, such as 0.1 for a tenth of one. */
  readonly busy: number;
}

/** Milliseconds, at least: this LRS begins with its lake only some two seconds after something was stored. */
const LEAST = 3_000;
/** Milliseconds after which it goes on in any case. */
export const MOST = 60_000;
/** Milliseconds in a row without work. */
const QUIET = 2_000;
/** Milliseconds between two looks: an LRS that waits for work looks for it twice a second, so that each time has one of them. */
const PAUSE = 500;
/**
 * Processors that may be busy. Not a share of all: one that works for another LRS than the one that is measured is too many on
 * any machine. Two LRSs that have nothing to do, and the rest of a machine, take up to 0.3.
 */
const IDLE = 0.4;

/**
 * Waits until the processors have hardly worked for two seconds in a row, but not for ever.
 *
 * @param progress is told how it goes
 */
export async function untilIdle({ now, worked, sleep }: Machine, progress: (text: string) => void): Promise<Wait> {
  const begin = now();
  let last = { at: begin, worked: worked() };
  let quietSince = begin;
  for (;;) {
    await sleep(PAUSE);
    const next = { at: now(), worked: worked() };
    const busy = (next.worked - last.worked) / (next.at - last.at);
    const waited = next.at - begin;
    last = next;
    if (busy > IDLE) quietSince = next.at;
    const idle = next.at - quietSince >= QUIET;
    if ((idle && waited >= LEAST) || waited >= MOST) return { waited, idle, busy };
    progress(
      `waiting until the processors are idle: ${busy.toFixed(1)} of them busy after ${Math.round(waited / 1_000)} s`,
    );
  }
}
