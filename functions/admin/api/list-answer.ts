import type { ListAnswer } from '#access/admin-api.ts';
import type { Page } from '#storage/paging.ts';

export function listAnswer<Value, Item>(
  { items, next }: Page<Value>,
  itemOf: (value: Value) => Item,
): ListAnswer<Item> {
  return { items: items.map(itemOf), ...(next !== undefined && { next }) };
}
