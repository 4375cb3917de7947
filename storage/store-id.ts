/** The tenant: every key of every item begins with it. */
export type StoreId = string;

/** The one store there is until stores can be created. */
export const DEFAULT_STORE: StoreId = 'default';
