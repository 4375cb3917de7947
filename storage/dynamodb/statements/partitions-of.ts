import type { Item } from '#storage/dynamodb/attributes.ts';
import { INDEX_ATTRIBUTES } from '#storage/dynamodb/statements/keyspace.ts';

const INDEXES = Object.entries(INDEX_ATTRIBUTES);

/** A partition of the Statements table, or else of one of its indexes, by a name that no other has. */
export function partitionName(index: string | undefined, partition: string): string {
  return `${index ?? ''} ${partition}`;
}

/** Every partition of the table and its indexes in which one of the items stands at a position. */
export function partitionsOf(items: readonly Item[]): ReadonlySet<string> {
  const partitions = new Set<string>();
  const add = (index: string | undefined, partition: string | undefined): void => {
    if (partition !== undefined) partitions.add(partitionName(index, partition));
  };
  for (const item of items) {
    if (!isAlone(item)) add(undefined, item['pk']?.S);
    for (const [index, attribute] of INDEXES) add(index, item[attribute]?.S);
  }
  return partitions;
}

/** Whether the item is all that its partition ever has, as a statement, a journal or an authority is: there are no positions. */
function isAlone(item: Item): boolean {
  return item['sk']?.S?.length === 1;
}
