import type { JobRef } from '#access/job.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { stackOf } from '#runtime/stack-of.ts';

/** Has a job carried out now. When nobody can be called, whoever looks for jobs by the clock finds it. */
export async function callJobs(
  { jobCaller, logger }: Pick<AdminDeps, 'jobCaller' | 'logger'>,
  { store, id }: JobRef,
): Promise<void> {
  try {
    await jobCaller.call({ store, job: id });
  } catch (error) {
    logger.warn('job not called', { store, job: id, stack: stackOf(error) });
  }
}
