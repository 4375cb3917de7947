import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { pageRequest } from '#functions/admin/api/query.ts';
import { issuerAnswer } from '#functions/admin/issuers/issuer-answer.ts';

export const listIssuers = operation({
  id: 'listIssuers',
  method: 'GET',
  path: '/issuers',
  tag: 'Issuers',
  summary: 'List issuers',
  details: 'In the order of their ids.',
  access: 'operator',
  query: ['limit', 'after'],
  body: NO_BODY,
  answer: { status: 200, schema: 'issuer', isList: true },
  refusals: [],
  handle: async ({ registry }, { query }) => {
    return { value: listAnswer(await registry.issuers(pageRequest(query)), issuerAnswer) };
  },
});
