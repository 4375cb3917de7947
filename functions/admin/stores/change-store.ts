import type { StoreChanges } from '#access/admin-api.ts';
import type { Store, StoreSettings } from '#access/store.ts';
import { isStoreChanges } from '#schemas/generated/admin-validators.js';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { checkIfMatch } from '#functions/admin/api/if-match.ts';
import { withChanges } from '#functions/admin/api/with-changes.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { storeAnswer } from '#functions/admin/stores/store-answer.ts';

export const changeStore = operation({
  id: 'changeStore',
  method: 'PATCH',
  path: '/stores/{store}',
  tag: 'Stores',
  summary: 'Change name and settings of a store',
  details: 'Effective everywhere within 30 seconds.',
  access: 'operator',
  query: [],
  body: jsonBody('store-changes', isStoreChanges),
  answer: { status: 200, schema: 'store' },
  isConditional: true,
  refusals: [],
  handle: (deps, call) =>
    carryOut(deps, call, async () => {
      const store = await managedStore(deps, call.principal, call.segment('store'));
      checkIfMatch(call.request, store);
      const changed = changedStore(store, call.body);
      return {
        changes: [{ kind: 'store', put: changed }],
        audit: {
          store: store.id,
          action: 'store-changed',
          subject: store.id,
          details: { ...changed.settings, changed: Object.keys(call.body).join(' ') },
        },
        answer: { value: storeAnswer(changed) },
      };
    }),
});

function changedStore(store: Store, { name = store.name, settings = {} }: StoreChanges): Store {
  const changed: StoreSettings = withChanges(store.settings, settings);
  return { ...store, name, settings: changed, revision: store.revision + 1 };
}
