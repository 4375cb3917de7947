import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { backfillAnswer } from '#functions/admin/lake/backfill-answer.ts';
import { managedJob } from '#functions/admin/jobs/managed-job.ts';

export const getBackfill = operation({
  id: 'getBackfill',
  method: 'GET',
  path: '/lake/backfills/{backfill}',
  tag: 'Lake',
  summary: 'Get a backfill, and how far it is',
  details: 'It is known for 30 days after its end.',
  access: 'admin',
  query: ['store'],
  body: NO_BODY,
  answer: { status: 200, schema: 'backfill' },
  refusals: [],
  handle: async (deps, { principal, segment, query }) => {
    const job = await managedJob(deps, principal, 'lake-backfill', { store: query.store, id: segment('backfill') });
    return { value: backfillAnswer(job) };
  },
});
