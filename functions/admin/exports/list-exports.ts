import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { pageRequest } from '#functions/admin/api/query.ts';
import { exportAnswer } from '#functions/admin/exports/export-answer.ts';
import { only } from '#functions/admin/jobs/managed-job.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

export const listExports = operation({
  id: 'listExports',
  method: 'GET',
  path: '/exports',
  tag: 'Exports',
  summary: 'List the exports of a store',
  details: 'The newest first.',
  access: 'admin',
  query: ['store', 'limit', 'after'],
  body: NO_BODY,
  answer: { status: 200, schema: 'export', isList: true },
  refusals: [],
  handle: async (deps, { principal, query }) => {
    const page = pageRequest(query);
    const store = await managedStore(deps, principal, query.store);
    const jobs = await deps.jobs.list(store.id, 'export', page);
    return { value: listAnswer(jobs, (job) => exportAnswer(only('export', job))) };
  },
});
