import type { Principal } from '#access/principal.ts';
import { DEFAULT_STORE, type StoreId } from '#access/store.ts';

type Manager = Pick<Principal, 'scopes' | 'store' | 'limits'>;

/** Whether something may be managed at all. What is limited to one launch manages nothing. */
export function isAdministrator({ scopes, limits }: Manager): boolean {
  return scopes.includes('admin') && limits === undefined;
}

/** Whether the whole deployment may be managed: its stores, issuers and signing keys, and whatever is in any store. */
export function isOperator(principal: Manager): boolean {
  return isAdministrator(principal) && principal.store === DEFAULT_STORE;
}

/** Whether credentials, tokens and audit of the store may be managed. */
export function managesStore(principal: Manager, store: StoreId): boolean {
  return isOperator(principal) || (isAdministrator(principal) && principal.store === store);
}
