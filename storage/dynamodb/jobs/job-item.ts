import { type Job, type JobProgress, type JobRef, type JobState, NO_PROGRESS } from '#access/job.ts';
import type { StoreId } from '#access/store.ts';
import { type Item, type ItemKey, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';
import { valueItem } from '#storage/dynamodb/registry/registry-item.ts';

/** Sort keys are the ids of jobs as they are, because they are listed in their order. */
export function jobsOf(store: StoreId): string {
  return joinKey(store, 'jobs');
}

export function jobKey({ store, id }: JobRef): ItemKey {
  return { pk: jobsOf(store), sk: id };
}

/** Of all stores, so that who looks for what was left finds it in one place. */
export const OPEN_JOBS = joinKey(ALL_STORES, 'open-jobs');

export function openJobKey({ store, id }: JobRef): ItemKey {
  return { pk: OPEN_JOBS, sk: joinKey(store, id) };
}

/** What of a job never changes. */
type Assignment = Pick<Job, 'store' | 'id' | 'task' | 'created' | 'createdBy'>;

/** A sort key behind which those of a store begin. */
export function openJobsBefore(store: StoreId): string {
  return joinKey(store, '');
}

/** The items of a job that nobody has begun. */
export function newJobItems({ store, id, task, created, createdBy }: Job): { readonly job: Item; readonly open: Item } {
  const assignment: Assignment = { store, id, task, created, createdBy };
  const state: JobState = 'queued';
  const job = { ...valueItem(jobKey(assignment), assignment), state: { S: state } };
  return { job, open: openJobItem(assignment) };
}

export function openJobItem({ store, id }: JobRef): Item {
  const ref: JobRef = { store, id };
  return valueItem(openJobKey(ref), ref);
}

export function jobOf(item: Item): Job {
  const assignment: Assignment = JSON.parse(textOf(item, 'value'));
  return {
    ...assignment,
    state: stateOf(item),
    progress: 'progress' in item ? progressOf(item) : NO_PROGRESS,
    ...('ended' in item && { ended: numberOf(item, 'ended') }),
    ...('failure' in item && { failure: textOf(item, 'failure') }),
  };
}

export function jobRefOf(item: Item): JobRef {
  const ref: JobRef = JSON.parse(textOf(item, 'value'));
  return ref;
}

function stateOf(item: Item): JobState {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this software writes items
  return textOf(item, 'state') as JobState;
}

function progressOf(item: Item): JobProgress {
  const progress: JobProgress = JSON.parse(textOf(item, 'progress'));
  return progress;
}
