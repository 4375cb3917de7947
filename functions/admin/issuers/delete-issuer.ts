import { DEFAULT_STORE } from '#access/store.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { EFFECTIVE } from '#functions/admin/api/effective.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { managedIssuer } from '#functions/admin/issuers/managed-issuer.ts';

export const deleteIssuer = operation({
  id: 'deleteIssuer',
  method: 'DELETE',
  path: '/issuers/{id}',
  tag: 'Issuers',
  summary: 'Accept the tokens of an issuer no more',
  details: EFFECTIVE,
  access: 'operator',
  query: [],
  body: NO_BODY,
  answer: { status: 204 },
  isConditional: true,
  refusals: [],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const issuer = await managedIssuer(deps, call.segment('id'));
      checkIfMatch(call.request, issuer);
      return {
        changes: [{ kind: 'issuer', delete: issuer }],
        audit: {
          store: DEFAULT_STORE,
          action: 'issuer-deleted',
          subject: issuer.id,
          details: { issuer: issuer.issuer },
        },
      };
    }),
});
