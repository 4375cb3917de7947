import type { CredentialChanges } from '#access/admin-api.ts';
import type { AuditEvent } from '#access/audit-record.ts';
import type { Credential } from '#access/credential.ts';
import { isCredentialChanges } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { distinctScopes } from '#functions/admin/api/distinct-scopes.ts';
import { EFFECTIVE } from '#functions/admin/api/effective.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { futureTime } from '#functions/admin/api/time.ts';
import { withChanges } from '#functions/admin/api/with-changes.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { lastUsed } from '#functions/admin/credentials/last-used.ts';
import { managedCredential } from '#functions/admin/credentials/managed-credential.ts';
import { checkNotLockedOut } from '#functions/admin/credentials/own-credential.ts';

export const changeCredential = operation({
  id: 'changeCredential',
  method: 'PATCH',
  path: '/credentials/{key}',
  tag: 'Credentials',
  summary: 'Change a credential',
  details:
    `${EFFECTIVE} For its tokens as well. A credential cannot disable itself, take \`admin\` from itself or make itself ` +
    'end sooner.',
  access: 'admin',
  query: [],
  body: jsonBody('credential-changes', isCredentialChanges),
  answer: { status: 200, schema: 'credential' },
  isConditional: true,
  refusals: ['credential-in-use'],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const credential = await managedCredential(deps, call.principal, call.segment('key'));
      checkIfMatch(call.request, credential);
      const changed = changedCredential(credential, call.body, deps.now());
      checkNotLockedOut(call.principal, credential, changed);
      return {
        changes: [{ kind: 'credential', put: changed }],
        audit: {
          store: changed.store,
          action: 'credential-changed',
          subject: changed.key,
          details: detailsOf(call.body),
        },
        answer: { value: credentialAnswer(changed, await lastUsed(deps, changed)), tag: entityTag(changed) },
      };
    }),
});

/** @param now milliseconds since 1970 */
function changedCredential(credential: Credential, sent: CredentialChanges, now: number): Credential {
  const { expires, scopes = credential.scopes, ...rest } = sent;
  const end = typeof expires === 'string' ? futureTime(expires, '$.expires', now) : expires;
  const changes = { ...rest, scopes: distinctScopes(scopes), ...(end !== undefined && { expires: end }) };
  return { ...withChanges(credential, changes), revision: credential.revision + 1 };
}

/** All that is configuration, as it is from now on; of a label, which may name a person, only that it is another one. */
function detailsOf(changes: CredentialChanges): NonNullable<AuditEvent['details']> {
  const { label, scopes, disabled, expires, origins, requestLimits } = changes;
  return {
    ...(scopes !== undefined && { scopes: scopes.join(' ') }),
    ...(disabled !== undefined && { disabled }),
    ...(expires !== undefined && { expires: expires ?? 'never' }),
    ...(origins !== undefined && { origins: origins?.join(' ') ?? 'all' }),
    ...(requestLimits !== undefined && (requestLimits ?? { requestLimits: 'default' })),
    ...(label !== undefined && { label: 'changed' }),
  };
}
