import type { Item } from '#storage/dynamodb/attributes.ts';
import { blockOf, counterOf, positionIn } from '#storage/position.ts';

/** Where a statement stands and which it is. */
export interface Pointer {
  readonly at: string;
  readonly id: string;
}

/**
 * Entry items:
 *
 * - own: `sk` = position of the first of the statements, `m` = all statements of one array that share the partition,
 *   19 bytes each: 3 bytes counter of the position, 16 bytes id;
 * - inherited: `sk` = position + `+`, one statement, so that it can be added at any later time without touching the item
 *   of the array it came in.
 */
const MEMBER_BYTES = 19;
const COUNTER_BYTES = 3;
const INHERITED = '+';

/** 380 KB would fit; small items keep the pages of a reader small. */
const MEMBERS_PER_ITEM = 500;

/** @param pointers of one array, ascending. */
export function ownEntries(partition: string, pointers: readonly Pointer[]): readonly Item[] {
  const items: Item[] = [];
  for (let index = 0; index < pointers.length; index += MEMBERS_PER_ITEM) {
    const group = pointers.slice(index, index + MEMBERS_PER_ITEM);
    const first = group[0];
    if (first !== undefined) items.push(entryItem(partition, first.at, group));
  }
  return items;
}

export function inheritedEntry(partition: string, pointer: Pointer): Item {
  return entryItem(partition, pointer.at + INHERITED, [pointer]);
}

function entryItem(partition: string, sortKey: string, pointers: readonly Pointer[]): Item {
  const members = Buffer.alloc(pointers.length * MEMBER_BYTES);
  pointers.forEach((pointer, index) => {
    const offset = index * MEMBER_BYTES;
    members.writeUIntBE(counterOf(pointer.at), offset, COUNTER_BYTES);
    members.write(pointer.id.replaceAll('-', ''), offset + COUNTER_BYTES, 'hex');
  });
  return { pk: { S: partition }, sk: { S: sortKey }, m: { B: members } };
}

/** Whether the statement of an entry item inherited it from what it refers to. */
export function isInherited(item: Item): boolean {
  return item['sk']?.S?.endsWith(INHERITED) === true;
}

/** The statements of an entry item, ascending. */
export function readEntry(item: Item): readonly Pointer[] {
  const block = blockOf(item['sk']?.S ?? '');
  const members = Buffer.from(item['m']?.B ?? []);
  return Array.from({ length: members.length / MEMBER_BYTES }, (_, index) => {
    const offset = index * MEMBER_BYTES;
    const hex = members.toString('hex', offset + COUNTER_BYTES, offset + MEMBER_BYTES);
    return { at: positionIn(block, members.readUIntBE(offset, COUNTER_BYTES)), id: uuidOf(hex) };
  });
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
