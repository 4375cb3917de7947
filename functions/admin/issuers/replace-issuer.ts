import type { Issuer } from '#access/issuer.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { isIssuerSettings } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { EFFECTIVE } from '#functions/admin/api/effective.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { invalidBody } from '#functions/admin/api/refusals.ts';
import { checkIssuer } from '#functions/admin/issuers/check-issuer.ts';
import { issuerAnswer } from '#functions/admin/issuers/issuer-answer.ts';
import { managedIssuer } from '#functions/admin/issuers/managed-issuer.ts';

export const replaceIssuer = operation({
  id: 'replaceIssuer',
  method: 'PUT',
  path: '/issuers/{id}',
  tag: 'Issuers',
  summary: 'Replace the settings of an issuer',
  details: EFFECTIVE,
  access: 'operator',
  query: [],
  body: jsonBody('issuer-settings', isIssuerSettings),
  answer: { status: 200, schema: 'issuer' },
  isConditional: true,
  refusals: [],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const current = await managedIssuer(deps, call.segment('id'));
      checkIfMatch(call.request, current);
      const { id, issuer, linkSecret, created, createdBy, revision } = current;
      if (call.body.issuer !== issuer) throw invalidBody('$.issuer', `as it was, ${issuer}`, call.body.issuer);
      await checkIssuer(deps, call.body);
      const replaced: Issuer = {
        ...call.body,
        disabled: call.body.disabled ?? false,
        id,
        linkSecret,
        created,
        createdBy,
        revision: revision + 1,
      };
      return {
        changes: [{ kind: 'issuer', put: replaced }],
        audit: {
          store: DEFAULT_STORE,
          action: 'issuer-changed',
          subject: id,
          details: { disabled: replaced.disabled },
        },
        answer: { value: issuerAnswer(replaced), tag: entityTag(replaced) },
      };
    }),
});
