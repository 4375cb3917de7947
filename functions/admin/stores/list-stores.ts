import { isOperator } from '#access/management.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { listAnswer } from '#functions/admin/api/list-answer.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { pageRequest } from '#functions/admin/api/query.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { storeAnswer } from '#functions/admin/stores/store-answer.ts';

export const listStores = operation({
  id: 'listStores',
  method: 'GET',
  path: '/stores',
  tag: 'Stores',
  summary: 'List stores',
  details: 'In the order of their ids. Who is not the operator gets its own.',
  access: 'admin',
  query: ['limit', 'after'],
  body: NO_BODY,
  answer: { status: 200, schema: 'store', isList: true },
  refusals: [],
  handle: async ({ registry }, { principal, query }) => {
    const page = pageRequest(query);
    const stores = isOperator(principal)
      ? await registry.stores(page)
      : { items: [await managedStore({ registry }, principal)] };
    return { value: listAnswer(stores, storeAnswer) };
  },
});
