import { type JobKind, type JobTask, newJobId, NO_PROGRESS } from '#access/job.ts';
import type { StoreId } from '#access/store.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import type { JobOf } from '#functions/admin/jobs/managed-job.ts';

/** @param time milliseconds since 1970 */
export function newJob<Kind extends JobKind>(
  { random }: Pick<AdminDeps, 'random'>,
  task: Extract<JobTask, { kind: Kind }>,
  { store, createdBy, time }: { readonly store: StoreId; readonly createdBy: string; readonly time: number },
): JobOf<Kind> {
  const id = newJobId(time, random);
  return { store, id, task, created: time, createdBy, state: 'queued', progress: NO_PROGRESS };
}
