import { NO_BODY } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { callJobs } from '#functions/admin/jobs/call-jobs.ts';
import { managedJob } from '#functions/admin/jobs/managed-job.ts';

export const deleteExport = operation({
  id: 'deleteExport',
  method: 'DELETE',
  path: '/exports/{export}',
  tag: 'Exports',
  summary: 'Cancel an export, and delete its files',
  details:
    'Whether it is done or not. Links to its files end when the files are gone, which is soon. It is still known, as cancelled.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 204 },
  refusals: ['resource-changed'],
  handle: async (deps, call) => {
    const wanted = { store: call.query.store, id: call.segment('export') };
    const job = await managedJob(deps, call.principal, 'export', wanted);
    if (job.state === 'cancelled') return {};
    const { store, id } = job;
    return carryOut(deps, call, async () => ({
      changes: [{ kind: 'job', cancel: { store, id }, time: deps.now() }],
      audit: { store, action: 'export-cancelled', subject: id },
      afterwards: () => callJobs(deps, job),
    }));
  },
});
