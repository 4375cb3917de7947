import { NO_BODY } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { EFFECTIVE } from '#functions/admin/api/effective.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { managedCredential } from '#functions/admin/credentials/managed-credential.ts';
import { inUse, isOwn } from '#functions/admin/credentials/own-credential.ts';

export const deleteCredential = operation({
  id: 'deleteCredential',
  method: 'DELETE',
  path: '/credentials/{key}',
  tag: 'Credentials',
  summary: 'Delete a credential',
  details:
    `${EFFECTIVE} For its tokens as well, also when there is another credential of its key later. What was sent with it ` +
    'stays, and keeps its authority. A credential cannot delete itself.',
  access: 'admin',
  query: [],
  body: NO_BODY,
  answer: { status: 204 },
  isConditional: true,
  refusals: ['credential-in-use'],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const credential = await managedCredential(deps, call.principal, call.segment('key'));
      checkIfMatch(call.request, credential);
      if (isOwn(call.principal, credential)) throw inUse('A credential cannot delete itself: use another to do it.');
      return {
        changes: [{ kind: 'credential', delete: credential }],
        audit: { store: credential.store, action: 'credential-deleted', subject: credential.key },
      };
    }),
});
