import { NO_BODY } from '#functions/admin/api/body.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { issuerAnswer } from '#functions/admin/issuers/issuer-answer.ts';
import { managedIssuer } from '#functions/admin/issuers/managed-issuer.ts';

export const getIssuer = operation({
  id: 'getIssuer',
  method: 'GET',
  path: '/issuers/{id}',
  tag: 'Issuers',
  summary: 'Get an issuer',
  access: 'operator',
  query: [],
  body: NO_BODY,
  answer: { status: 200, schema: 'issuer' },
  refusals: [],
  handle: async (deps, { segment }) => {
    const issuer = await managedIssuer(deps, segment('id'));
    return { value: issuerAnswer(issuer), tag: entityTag(issuer) };
  },
});
