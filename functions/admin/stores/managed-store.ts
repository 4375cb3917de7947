import { managesStore } from '#access/management.ts';
import type { Principal } from '#access/principal.ts';
import type { Store, StoreId } from '#access/store.ts';
import { notFound } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/** @throws XapiError `resource-not-found`, also of a store that the principal does not manage */
export async function managedStore(
  { registry }: Pick<AdminDeps, 'registry'>,
  principal: Principal,
  id: StoreId = principal.store,
): Promise<Store> {
  const store = managesStore(principal, id) ? await registry.store(id) : undefined;
  if (store === undefined) throw notFound('There is no such store.', id);
  return store;
}
