import { jobIn } from '#functions/jobs/job-event.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { sweep, type Sweep } from '#functions/jobs/sweep.ts';
import { carryOut, type Outcome } from '#functions/jobs/carry-out.ts';

/** Milliseconds that are taken for a job where nobody says how many there are. */
const BUDGET = 5 * 60_000;

/** What Lambda tells of an invocation. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/**
 * Carries out a job as long as there is time, and has itself called for the rest; called with no job, by a schedule, it has
 * itself called for each that was left.
 */
export function createHandler(
  deps: JobsDeps,
): (event: unknown, invocation?: Partial<Invocation>) => Promise<Outcome | Sweep> {
  return (event, invocation) => {
    const ref = jobIn(event);
    if (ref === undefined) return sweep(deps);
    const began = deps.now();
    const remaining = (): number => invocation?.getRemainingTimeInMillis?.() ?? began + BUDGET - deps.now();
    return carryOut(deps, ref, remaining);
  };
}
