import { isJobId, type JobRef } from '#access/job.ts';
import { isStoreId } from '#access/store.ts';

/** Which job an event asks to be carried out; undefined: it comes from the clock. */
export function jobIn(event: unknown): JobRef | undefined {
  if (typeof event !== 'object' || event === null || !('store' in event) || !('job' in event)) return undefined;
  const { store, job } = event;
  if (typeof store !== 'string' || typeof job !== 'string') return undefined;
  return isStoreId(store) && isJobId(job) ? { store, id: job } : undefined;
}

export function eventOf({ store, id }: JobRef): object {
  return { store, job: id };
}
