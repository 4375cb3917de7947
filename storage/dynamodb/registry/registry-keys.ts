import type { StoreId } from '#access/store.ts';
import type { ItemKey } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';

/** Sort keys are the ids of stores. */
export const STORES = joinKey(ALL_STORES, 'stores');

/** Sort keys are the ids of issuers, in whose order they are listed. */
export const ISSUER_IDS = joinKey(ALL_STORES, 'issuer-ids');

/** Of the public signing keys, all in one item. */
export const SIGNING_KEYS: ItemKey = { pk: joinKey(ALL_STORES, 'signing-keys'), sk: 'published' };

export function storeKey(id: StoreId): ItemKey {
  return { pk: STORES, sk: joinKey(id) };
}

export function credentialKey(key: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'credential', key), sk: 'credential' };
}

/** What was registered for the key stays when the credential goes. */
export function registeredSecretsKey(key: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'registered', key), sk: 'registered' };
}

/** Sort keys are the keys of the credentials of a store as they are, because they are listed in their order. */
export function credentialsOf(store: StoreId): string {
  return joinKey(store, 'credentials');
}

/** @param key one that obeys `KEY_RULE` */
export function credentialPointerKey(store: StoreId, key: string): ItemKey {
  return { pk: credentialsOf(store), sk: key };
}

/** @param issuer the claim `iss` */
export function issuerKey(issuer: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'issuers'), sk: joinKey(issuer) };
}

export function issuerPointerKey(id: string): ItemKey {
  return { pk: ISSUER_IDS, sk: joinKey(id) };
}

export function replyKey(principal: string, idempotencyKey: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'reply', principal, idempotencyKey), sk: 'reply' };
}

/** What a credential was used for last; written by those who count. */
export function usageKey(store: StoreId, credential: string): ItemKey {
  return { pk: joinKey(store, 'usage', credential), sk: 'usage' };
}
