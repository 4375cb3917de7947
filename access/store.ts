import type { XapiVersion } from '#xapi/version.ts';

/** The tenant: every key of every item begins with it. */
export type StoreId = string;

/**
 * The store that is always there. It is the operator's: its credentials with the scope `admin` manage the whole
 * deployment, those of any other store their own store.
 */
export const DEFAULT_STORE: StoreId = 'default';

export const STORE_ID_RULE = '1 to 63 lower-case letters, digits and hyphens, the first a letter or digit';

/** It stands in keys and in the names of objects, so nothing in it may need encoding. */
export function isStoreId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/u.test(text);
}

export interface StoreSettings {
  /** Of requests that name no version; absent: they are refused, as the specification demands (1.0.3, Communication 3.3). */
  readonly defaultVersion?: XapiVersion;
  /** Bytes of the content of one attachment; absent: what the LRS can hold. */
  readonly attachmentLimit?: number;
}

/** One of several independent LRSs in a deployment. */
export interface Store {
  readonly id: StoreId;
  readonly name: string;
  readonly settings: StoreSettings;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The key of the principal. */
  readonly createdBy: string;
  /** 1, and one more with each change; 0 of the default store until it is changed. */
  readonly revision: number;
}

/** The default store until somebody changes it: nobody has created it. */
export const UNCHANGED_DEFAULT_STORE: Store = {
  id: DEFAULT_STORE,
  name: 'Default store',
  settings: {},
  created: 0,
  createdBy: '',
  revision: 0,
};
