import { NO_BODY } from '#functions/admin/api/body.ts';
import { entityTag } from '#functions/admin/api/entity-tag.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { lastUsed } from '#functions/admin/credentials/last-used.ts';
import { managedCredential } from '#functions/admin/credentials/managed-credential.ts';

export const getCredential = operation({
  id: 'getCredential',
  method: 'GET',
  path: '/credentials/{key}',
  tag: 'Credentials',
  summary: 'Get a credential',
  access: 'admin',
  query: [],
  body: NO_BODY,
  answer: { status: 200, schema: 'credential' },
  refusals: [],
  handle: async (deps, { principal, segment }) => {
    const credential = await managedCredential(deps, principal, segment('key'));
    return { value: credentialAnswer(credential, await lastUsed(deps, credential)), tag: entityTag(credential) };
  },
});
