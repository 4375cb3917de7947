import type { NewBackfill } from '#access/admin-api.ts';
import type { LakeBackfillTask } from '#access/job.ts';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { invalidBody } from '#functions/admin/api/refusals.ts';
import { backfillAnswer } from '#functions/admin/lake/backfill-answer.ts';
import { callJobs } from '#functions/admin/jobs/call-jobs.ts';
import { checkRoom } from '#functions/admin/jobs/check-room.ts';
import { newJob } from '#functions/admin/jobs/new-job.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { isNewBackfill } from '#schemas/generated/admin-validators.js';
import { timestampMilliseconds } from '#xapi/data-types/timestamp.ts';

const USUAL_RATE = 500;

export const createBackfill = operation({
  id: 'createBackfill',
  method: 'POST',
  path: '/lake/backfills',
  tag: 'Lake',
  summary: 'Bring stored statements into the lake',
  details:
    'Those that are not there yet: what was stored before there was a lake, or what has not got there. A job reads them, no ' +
    'faster than the rate. What is there already does not get there twice.',
  access: 'admin',
  query: ['store'],
  body: jsonBody('new-backfill', isNewBackfill),
  answer: { status: 201, schema: 'backfill' },
  isRepeatable: true,
  refusals: [],
  handle: (deps, call) => {
    const task = taskOf(call.body, deps.now());
    const { since, until } = call.body;
    const details = { ...(since !== undefined && { since }), ...(until !== undefined && { until }), rate: task.rate };
    return carryOut(deps, call, async () => {
      const { id: store } = await managedStore(deps, call.principal, call.query.store);
      await checkRoom(deps, store);
      const job = newJob<'lake-backfill'>(deps, task, { store, createdBy: call.principal.key, time: deps.now() });
      return {
        changes: [{ kind: 'job', put: job }],
        audit: { store, action: 'backfill-created', subject: job.id, details },
        answer: { value: backfillAnswer(job), location: locationOf(job.id, call.query.store) },
        afterwards: () => callJobs(deps, job),
      };
    });
  },
});

/** @throws XapiError `body-invalid` when nothing can be in between */
function taskOf({ since: begin, until: end, rate = USUAL_RATE }: NewBackfill, now: number): LakeBackfillTask {
  const since = begin === undefined ? undefined : timestampMilliseconds(begin);
  const until = end === undefined ? now : Math.min(timestampMilliseconds(end), now);
  if (since !== undefined && since >= until) throw invalidBody('$.since', 'before until, and in the past', begin);
  return { kind: 'lake-backfill', ...(since !== undefined && { since }), until, rate };
}

function locationOf(id: string, store: string | undefined): string {
  return store === undefined ? `/lake/backfills/${id}` : `/lake/backfills/${id}?store=${store}`;
}
