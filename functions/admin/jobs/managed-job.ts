import { isJobId, type Job, type JobKind, type JobTask } from '#access/job.ts';
import type { Principal } from '#access/principal.ts';
import type { StoreId } from '#access/store.ts';
import { notFound } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

/** A job of one kind. */
export type JobOf<Kind extends JobKind> = Omit<Job, 'task'> & { readonly task: Extract<JobTask, { kind: Kind }> };

/** @throws XapiError `resource-not-found`, also of a job of a store that the principal does not manage */
export async function managedJob<Kind extends JobKind>(
  deps: Pick<AdminDeps, 'registry' | 'jobs'>,
  principal: Principal,
  kind: Kind,
  { store, id }: { readonly store: StoreId | undefined; readonly id: string },
): Promise<JobOf<Kind>> {
  const managed = await managedStore(deps, principal, store);
  const job = isJobId(id) ? await deps.jobs.get({ store: managed.id, id }) : undefined;
  if (job !== undefined && isOf(job, kind)) return job;
  throw notFound(`There is no such ${NAMES[kind]} in the store.`, id);
}

const NAMES: Readonly<Record<JobKind, string>> = { export: 'export', 'lake-backfill': 'backfill' };

function isOf<Kind extends JobKind>(job: Job, kind: Kind): job is JobOf<Kind> {
  return job.task.kind === kind;
}

/** Of a list of one kind. */
export function only<Kind extends JobKind>(kind: Kind, job: Job): JobOf<Kind> {
  if (isOf(job, kind)) return job;
  throw new Error(`A list of ${NAMES[kind]}s has a job of another kind.`);
}
