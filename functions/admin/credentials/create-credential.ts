import type { NewCredential } from '#access/admin-api.ts';
import { isOperator } from '#access/management.ts';
import { isNewCredential } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { type Call, operation } from '#functions/admin/api/operation.ts';
import { notPermitted } from '#functions/admin/api/refusals.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { newCredential } from '#functions/admin/credentials/new-credential.ts';
import { newSecret } from '#functions/admin/credentials/new-secret.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

export const createCredential = operation({
  id: 'createCredential',
  method: 'POST',
  path: '/credentials',
  tag: 'Credentials',
  summary: 'Make a credential',
  details: 'Its secret is generated, and shown in this answer only.',
  access: 'admin',
  query: ['store'],
  body: jsonBody('new-credential', isNewCredential),
  answer: { status: 201, schema: 'issued-credential' },
  isRepeatable: true,
  refusals: ['resource-exists'],
  handle: (deps, call) => {
    checkKey(call);
    return carryOut(deps, call, async () => {
      const { id: store } = await managedStore(deps, call.principal, call.query.store);
      const { secret, proof } = newSecret(deps.random);
      const credential = newCredential(deps, call.body, { store, createdBy: call.principal.key, proof });
      const { key, scopes } = credential;
      return {
        changes: [{ kind: 'credential', put: credential }],
        audit: { store, action: 'credential-created', subject: key, details: { scopes: scopes.join(' ') } },
        answer: {
          value: credentialAnswer(credential, undefined),
          tag: entityTag(credential),
          location: `/credentials/${key}`,
        },
        secrets: { secret },
        exists: 'There is a credential of this key already.',
      };
    });
  },
});

/** Keys are unique in the deployment: that one is taken would tell who may not know of a credential of another store. */
function checkKey({ principal, body: { key } }: Pick<Call<never, never, NewCredential>, 'principal' | 'body'>): void {
  if (key === undefined || isOperator(principal)) return;
  throw notPermitted('Only the operator may choose the key of a credential; without one it is drawn.', 'no key');
}
