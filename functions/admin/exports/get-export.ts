import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { exportAnswer } from '#functions/admin/exports/export-answer.ts';
import { managedJob } from '#functions/admin/jobs/managed-job.ts';

export const getExport = operation({
  id: 'getExport',
  method: 'GET',
  path: '/exports/{export}',
  tag: 'Exports',
  summary: 'Get an export, and how far it is',
  details: 'It is known for 30 days after its end.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 200, schema: 'export' },
  refusals: [],
  handle: async (deps, { principal, segment, query }) => {
    const job = await managedJob(deps, principal, 'export', { store: query.store, id: segment('export') });
    return { value: exportAnswer(job) };
  },
});
