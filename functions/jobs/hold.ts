import { type Job, type JobProgress, type JobRef, NO_PROGRESS } from '#access/job.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import type { JobEnd, Lease } from '#storage/job-store.ts';

/** Milliseconds for which a worker has a job, from the last time that it said so. */
const LEASE = 120_000;
/** Milliseconds after which it says so again. */
const BEAT = LEASE / 4;

/** Thrown when there is nothing more to do on a chunk: another worker has the job, or it was cancelled. */
export class Interrupted extends Error {}

/** A job as one worker has it. */
export class Hold {
  readonly #deps: Pick<JobsDeps, 'jobs' | 'now'>;
  readonly #ref: JobRef;
  readonly #worker: string;
  #job: Job | undefined;
  #renewed = 0;

  constructor(deps: Pick<JobsDeps, 'jobs' | 'now' | 'newId'>, ref: JobRef) {
    this.#deps = deps;
    this.#ref = ref;
    this.#worker = deps.newId();
  }

  /** @throws Interrupted when another worker has it. */
  get job(): Job {
    if (this.#job === undefined) throw new Interrupted('Another worker has the job.');
    return this.#job;
  }

  get isLost(): boolean {
    return this.#job === undefined;
  }

  /** @returns how often it was taken since something was done; undefined: it cannot be had. */
  async take(): Promise<number | undefined> {
    const taken = await this.#deps.jobs.take(this.#ref, this.#lease(), this.#deps.now());
    this.#job = taken?.job;
    return taken?.attempts;
  }

  /** Often called, so that nobody else takes the job. @throws Interrupted */
  async beat(): Promise<void> {
    if (this.#deps.now() >= this.#renewed + BEAT) await this.renew();
  }

  /** Nobody else has had the job until now. @throws Interrupted */
  async renew(): Promise<void> {
    const { state } = this.job;
    this.#job = await this.#deps.jobs.save(this.#ref, this.#lease());
    if (this.job.state !== state) throw new Interrupted('The job was cancelled.');
  }

  /** @throws Interrupted when another worker has it. */
  async save(progress: JobProgress): Promise<void> {
    this.#job = await this.#deps.jobs.save(this.#ref, this.#lease(), progress);
    if (this.#job === undefined) throw new Interrupted('Another worker has the job.');
  }

  release(): Promise<void> {
    return this.#deps.jobs.release(this.#ref, this.#worker);
  }

  /** @returns false when somebody else has changed it; what to is found out by `renew`. */
  end({ from, to, failure }: Pick<JobEnd, 'from' | 'to' | 'failure'>, progress?: JobProgress): Promise<boolean> {
    const ended = this.#job?.ended ?? this.#deps.now();
    return this.#deps.jobs.end(this.#ref, this.#worker, {
      from,
      to,
      progress: progress ?? this.#job?.progress ?? NO_PROGRESS,
      ended,
      ...(failure !== undefined && { failure }),
    });
  }

  #lease(): Lease {
    this.#renewed = this.#deps.now();
    return { worker: this.#worker, ends: this.#renewed + LEASE };
  }
}
