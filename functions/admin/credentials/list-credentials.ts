import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { pageRequest } from '#functions/admin/api/query.ts';
import { credentialAnswer } from '#functions/admin/credentials/credential-answer.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';

export const listCredentials = operation({
  id: 'listCredentials',
  method: 'GET',
  path: '/credentials',
  tag: 'Credentials',
  summary: 'List the credentials of a store',
  details: 'In the order of their keys.',
  access: 'admin',
  query: ['store', 'limit', 'after'],
  body: NO_BODY,
  answer: { status: 200, schema: 'credential', isList: true },
  refusals: [],
  handle: async (deps, { principal, query }) => {
    const page = pageRequest(query);
    const store = await managedStore(deps, principal, query.store);
    const credentials = await deps.registry.credentials(store.id, page);
    const days = await deps.registry.lastUsed(
      store.id,
      credentials.items.map(({ key }) => key),
    );
    return { value: listAnswer(credentials, (credential) => credentialAnswer(credential, days.get(credential.key))) };
  },
});
