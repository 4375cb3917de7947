import { isOver } from '#access/job.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { callJobs } from '#functions/admin/jobs/call-jobs.ts';
import { managedJob } from '#functions/admin/jobs/managed-job.ts';

export const deleteBackfill = operation({
  id: 'deleteBackfill',
  method: 'DELETE',
  path: '/lake/backfills/{backfill}',
  tag: 'Lake',
  summary: 'Cancel a backfill',
  details: 'What it has brought into the lake stays there. Of one that has ended nothing changes.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 204 },
  refusals: ['resource-changed'],
  handle: async (deps, call) => {
    const wanted = { store: call.query.store, id: call.segment('backfill') };
    const job = await managedJob(deps, call.principal, 'lake-backfill', wanted);
    if (isOver(job)) return {};
    const { store, id } = job;
    return carryOut(deps, call, async () => ({
      changes: [{ kind: 'job', cancel: { store, id }, time: deps.now() }],
      audit: { store, action: 'backfill-cancelled', subject: id },
      afterwards: () => callJobs(deps, job),
    }));
  },
});
