import type { Job, JobProgress } from '#access/job.ts';

/** What a chunk is told of the time it has, and tells that it is still at it. */
export interface Pace {
  /** Whether there is time for more than to finish what was begun. */
  readonly hasTime: () => boolean;
  /** To be called every few seconds. @throws Interrupted */
  readonly beat: () => Promise<void>;
  /** Nobody else has had the job until it resolves. @throws Interrupted */
  readonly renew: () => Promise<void>;
}

export interface Chunk {
  readonly progress: JobProgress;
  readonly isLast: boolean;
}

/** Does a bit more of a job. Done again from the same progress, it changes nothing. */
export type ChunkOf<Task, Deps> = (
  deps: Deps,
  job: Omit<Job, 'task'> & { readonly task: Task },
  pace: Pace,
) => Promise<Chunk>;
