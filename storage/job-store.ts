import type { Job, JobKind, JobProgress, JobRef } from '#access/job.ts';
import type { StoreId } from '#access/store.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** What makes a worker the only one that may change a job. */
export interface Lease {
  /** Unlike that of any other worker. */
  readonly worker: string;
  /** Milliseconds since 1970, from which another worker may take the job. */
  readonly ends: number;
}

export interface TakenJob {
  readonly job: Job;
  /** How often it was taken since the last time that something was done, this time included. */
  readonly attempts: number;
}

/** What becomes of a job that a worker has. */
export interface JobEnd {
  /** In which it has to be until now: somebody may have cancelled it. */
  readonly from: 'running' | 'cancelled';
  readonly to: 'done' | 'failed' | 'cancelled';
  readonly progress: JobProgress;
  /** Milliseconds since 1970. */
  readonly ended: number;
  readonly failure?: string;
}

/** Jobs of all stores. New ones, and the cancelling of others, come by `Registry.commit`, with their audit records. */
export interface JobStore {
  get(ref: JobRef): Promise<Job | undefined>;

  /** Of a kind; the newest first. */
  list(store: StoreId, kind: JobKind, page: PageRequest): Promise<Page<Job>>;

  /** How many jobs of a store have something left to do, counted up to `most`. */
  countOpen(store: StoreId, most: number): Promise<number>;

  /** Jobs of all stores for which something is left to do, also those that somebody is at. */
  listOpen(page: PageRequest): Promise<Page<JobRef>>;

  /**
   * Makes a worker the one that has the job, unless another one has it.
   *
   * @param now milliseconds since 1970
   * @returns undefined when another worker has it, or nothing is left to do.
   */
  take(ref: JobRef, lease: Lease, now: number): Promise<TakenJob | undefined>;

  /**
   * Keeps the job for longer, and what was done, if anything was.
   *
   * @returns it as it is now: it may have been cancelled; undefined: another worker has it.
   */
  save(ref: JobRef, lease: Lease, progress?: JobProgress): Promise<Job | undefined>;

  /** Lets another worker take it. */
  release(ref: JobRef, worker: string): Promise<void>;

  /** @returns false when nothing was changed: another worker has it, or it is in another state. */
  end(ref: JobRef, worker: string, end: JobEnd): Promise<boolean>;
}
