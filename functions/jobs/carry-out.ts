import type { JobRef, JobState } from '#access/job.ts';
import type { Pace } from '#functions/jobs/chunk.ts';
import { clearFiles } from '#functions/jobs/export/clear-files.ts';
import { eventOf } from '#functions/jobs/job-event.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { Hold, Interrupted } from '#functions/jobs/hold.ts';
import { nextChunk } from '#functions/jobs/tasks.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { XapiError } from '#xapi/errors.ts';

/** Milliseconds of an invocation that have to be left to begin with a chunk, and to go on with it. */
const TO_BEGIN = 60_000;
const TO_GO_ON = 40_000;

/** Chunks that may fail, and workers that may die, one after another. */
const MOST_FAILURES = 8;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** `not-taken`: another worker has it, or nothing is left to do; `lost`: another worker has it by now. */
export type Outcome = Extract<JobState, 'done' | 'failed' | 'cancelled'> | 'not-taken' | 'lost' | 'continued';

/**
 * Does chunk after chunk of a job. Of several workers one at a time has it, and each chunk counts from the moment its
 * progress is saved: who takes over from a dead worker does its last chunk again.
 *
 * @param remaining milliseconds until this worker is stopped
 */
export async function carryOut(deps: JobsDeps, ref: JobRef, remaining: () => number): Promise<Outcome> {
  const hold = new Hold(deps, ref);
  const attempts = await hold.take();
  if (attempts === undefined) return 'not-taken';
  const pace: Pace = {
    hasTime: () => remaining() > TO_GO_ON,
    beat: () => hold.beat(),
    renew: () => hold.renew(),
  };
  let failures = attempts - 1;
  while (remaining() > TO_BEGIN) {
    if (failures >= MOST_FAILURES) return giveUp(deps, hold, 'Workers have begun with it again and again, and died.');
    try {
      const outcome = await doChunk(deps, hold, pace);
      if (outcome !== undefined) return outcome;
      failures = 0;
    } catch (error) {
      if (error instanceof Interrupted) {
        if (hold.isLost) return 'lost';
        continue;
      }
      failures += 1;
      deps.logger.warn('job chunk failed', { store: ref.store, job: ref.id, failures, stack: stackOf(error) });
      if (failures >= MOST_FAILURES) return giveUp(deps, hold, reasonOf(error));
      await deps.sleep(Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE));
    }
  }
  await hold.release();
  await deps.self.call(eventOf(ref));
  return 'continued';
}

async function doChunk(deps: JobsDeps, hold: Hold, pace: Pace): Promise<Outcome | undefined> {
  const { job } = hold;
  if (job.state === 'cancelled') {
    await clearFiles(deps, job, pace);
    return (await hold.end({ from: 'cancelled', to: 'cancelled' })) ? 'cancelled' : 'lost';
  }
  const { progress, isLast } = await nextChunk(deps, job, pace);
  if (!isLast) {
    await hold.save(progress);
    return undefined;
  }
  if (await hold.end({ from: 'running', to: 'done' }, progress)) {
    const { store, id, task } = job;
    deps.logger.measure('job done', { store, job: id, kind: task.kind, ...countsOf(progress) }, { JobsFinished: 1 });
    return 'done';
  }
  await hold.renew();
  return undefined;
}

function countsOf({ statements, parts, bytes }: { statements: number; parts: number; bytes: number }) {
  return { statements, parts, bytes };
}

/** Of one that was cancelled the files go by themselves some day. */
async function giveUp({ logger }: JobsDeps, hold: Hold, failure: string): Promise<Outcome> {
  const { store, id, state } = hold.job;
  const to = state === 'cancelled' ? 'cancelled' : 'failed';
  const from = state === 'cancelled' ? 'cancelled' : 'running';
  const isEnded = await hold.end({ from, to, ...(to === 'failed' && { failure }) });
  if (!isEnded) return 'lost';
  logger.measure('job given up', { store, job: id, state: to }, { JobsFailed: 1 });
  logger.error('job given up', { store, job: id, state: to, failure });
  return to;
}

function reasonOf(error: unknown): string {
  if (error instanceof XapiError) return error.message;
  return 'It failed for a reason that is in the log of the function jobs.';
}
