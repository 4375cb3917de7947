import type { Job } from '#access/job.ts';
import type { Chunk, Pace } from '#functions/jobs/chunk.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { exportChunk } from '#functions/jobs/export/export-chunk.ts';
import { backfillChunk } from '#functions/jobs/lake/backfill-chunk.ts';

/** The next chunk of a job of whatever kind. */
export function nextChunk(deps: JobsDeps, job: Job, pace: Pace): Promise<Chunk> {
  const { task } = job;
  return task.kind === 'export'
    ? exportChunk(deps, { ...job, task }, pace)
    : backfillChunk(deps, { ...job, task }, pace);
}
