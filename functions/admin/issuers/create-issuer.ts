import type { Issuer } from '#access/issuer.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { isNewIssuer } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { checkIssuer } from '#functions/admin/issuers/check-issuer.ts';
import { issuerAnswer } from '#functions/admin/issuers/issuer-answer.ts';

const LINK_SECRET_BYTES = 32;

export const createIssuer = operation({
  id: 'createIssuer',
  method: 'POST',
  path: '/issuers',
  tag: 'Issuers',
  summary: 'Accept the tokens of an issuer',
  access: 'operator',
  query: [],
  body: jsonBody('new-issuer', isNewIssuer),
  answer: { status: 201, schema: 'issuer' },
  isRepeatable: true,
  refusals: ['resource-exists'],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      await checkIssuer(deps, call.body);
      const issuer: Issuer = {
        ...call.body,
        disabled: call.body.disabled ?? false,
        linkSecret: deps.random(LINK_SECRET_BYTES).toString('hex'),
        created: deps.now(),
        createdBy: call.principal.key,
        revision: 1,
      };
      return {
        changes: [{ kind: 'issuer', put: issuer }],
        audit: {
          store: DEFAULT_STORE,
          action: 'issuer-created',
          subject: issuer.id,
          details: { issuer: issuer.issuer },
        },
        answer: { value: issuerAnswer(issuer), tag: entityTag(issuer), location: `/issuers/${issuer.id}` },
        exists: 'There is an issuer of this id, or with this claim "iss", already.',
      };
    }),
});
