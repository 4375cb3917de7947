import type { ExportAnswer } from '#access/admin-api.ts';
import type { Job } from '#access/job.ts';
import { optionalTime, timeText } from '#functions/admin/api/time.ts';

type JobMembers = Pick<ExportAnswer, 'id' | 'store' | 'state' | 'created' | 'createdBy' | 'ended' | 'failure'>;

/** What is told of a job whatever it does. */
export function jobAnswer(job: Omit<Job, 'task' | 'progress'>): JobMembers {
  const { id, store, state, created, createdBy, ended, failure } = job;
  return {
    id,
    store,
    state,
    created: timeText(created),
    createdBy,
    ...optionalTime('ended', ended),
    ...(failure !== undefined && { failure }),
  };
}
