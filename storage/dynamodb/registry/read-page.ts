import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import { cursorOf, sortKeyOf } from '#storage/dynamodb/registry/cursor.ts';
import type { RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { type Range, readRange } from '#storage/dynamodb/registry/read-range.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

export interface List extends Omit<Range, 'after' | 'count'> {
  readonly isSortKey: (text: string) => boolean;
}

/** A part of a list. @throws XapiError `parameter-invalid` for an `after` that is the end of no page. */
export async function readPage(
  place: RegistryPlace,
  { isSortKey, ...range }: List,
  { limit, after }: PageRequest,
): Promise<Page<Item>> {
  const begin = after === undefined ? undefined : sortKeyOf(after, isSortKey);
  const found = await readRange(place, { ...range, after: begin, count: limit + 1 });
  return beginningOf(found, limit, (item) => keyOf(item).sk);
}

/** The page that begins what was found, which goes on if it is more than `limit`. */
export function beginningOf<Value>(
  found: readonly Value[],
  limit: number,
  sortKey: (value: Value) => string,
): Page<Value> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return found.length > limit && last !== undefined ? { items, next: cursorOf(sortKey(last)) } : { items };
}
