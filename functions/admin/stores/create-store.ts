import type { Store } from '#access/store.ts';
import { isNewStore } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { storeAnswer } from '#functions/admin/stores/store-answer.ts';

export const createStore = operation({
  id: 'createStore',
  method: 'POST',
  path: '/stores',
  tag: 'Stores',
  summary: 'Make a store',
  details: 'It is empty, and has no credential.',
  access: 'operator',
  query: [],
  body: jsonBody('new-store', isNewStore),
  answer: { status: 201, schema: 'store' },
  isRepeatable: true,
  refusals: ['resource-exists'],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const { id, name, settings = {} } = call.body;
      const store: Store = { id, name, settings, created: deps.now(), createdBy: call.principal.key, revision: 1 };
      return {
        changes: [{ kind: 'store', put: store }],
        audit: { store: id, action: 'store-created', subject: id },
        answer: { value: storeAnswer(store), location: `/stores/${id}` },
        exists: 'There is a store of this id already.',
      };
    }),
});
