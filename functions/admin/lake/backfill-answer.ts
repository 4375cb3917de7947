import type { BackfillAnswer } from '#access/admin-api.ts';
import { optionalTime, timeText } from '#functions/admin/api/time.ts';
import { jobAnswer } from '#functions/admin/jobs/job-answer.ts';
import type { JobOf } from '#functions/admin/jobs/managed-job.ts';
import { storedAt } from '#storage/position.ts';

export function backfillAnswer(job: JobOf<'lake-backfill'>): BackfillAnswer {
  const { since, until, rate } = job.task;
  return {
    ...jobAnswer(job),
    ...optionalTime('since', since),
    until: timeText(until),
    rate,
    progress: progressOf(job),
  };
}

function progressOf({ state, task: { until }, progress }: JobOf<'lake-backfill'>): BackfillAnswer['progress'] {
  const { statements, first, cursor } = progress;
  if (state === 'done') return { statements, through: timeText(until), share: 1 };
  if (cursor === undefined) return { statements };
  const through = storedAt(cursor);
  const share = first === undefined || until <= first ? 0 : (through - first) / (until - first);
  return { statements, through: timeText(through), share: Math.min(1, Math.round(share * 1_000) / 1_000) };
}
