import { type Item, type ItemKey, keyAttributes, numberOf } from '#storage/dynamodb/attributes.ts';

/** Besides the value, what conditions ask for. */
export interface ItemTerms {
  /** The revision of the value. */
  readonly revision?: number;
  /** What another revision has to agree with: the store of a credential, the id of an issuer. */
  readonly belongsTo?: string;
  /** What another revision has to be of: see `incarnationOf`. */
  readonly incarnation?: string;
  /** Seconds since 1970 from which the item counts as absent. */
  readonly ttl?: number;
}

/** What the Registry holds is read by this software only: one attribute with all of it. */
export function valueItem(key: ItemKey, value: unknown, terms: ItemTerms = {}): Item {
  const { revision, belongsTo, incarnation, ttl } = terms;
  return {
    ...keyAttributes(key),
    value: { S: JSON.stringify(value) },
    ...(revision !== undefined && { revision: { N: String(revision) } }),
    ...(belongsTo !== undefined && { belongsTo: { S: belongsTo } }),
    ...(incarnation !== undefined && { incarnation: { S: incarnation } }),
    ...(ttl !== undefined && { ttl: { N: String(ttl) } }),
  };
}

/** @param milliseconds since 1970 @returns the first whole second from then on. */
export function ttlOf(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}

/** Whether an item with a `ttl` counts as absent: DynamoDB deletes it some days later. @param now milliseconds */
export function isExpired(item: Item, now: number): boolean {
  return numberOf(item, 'ttl') * 1_000 <= now;
}
