import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { storeAnswer } from '#functions/admin/stores/store-answer.ts';

export const getStore = operation({
  id: 'getStore',
  method: 'GET',
  path: '/stores/{store}',
  tag: 'Stores',
  summary: 'Get a store',
  access: 'admin',
  query: [],
  body: NO_BODY,
  answer: { status: 200, schema: 'store' },
  refusals: [],
  handle: async (deps, { principal, segment }) => {
    return { value: storeAnswer(await managedStore(deps, principal, segment('store'))) };
  },
});
