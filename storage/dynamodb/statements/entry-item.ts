import { bytesOf, type Item, textOf } from '#storage/dynamodb/attributes.ts';
import type { SectionPlace } from '#storage/dynamodb/statements/section.ts';
import { blockOf, counterOf, positionIn } from '#storage/position.ts';

/** Where a statement stands and which it is. */
export interface Pointer {
  readonly at: string;
  readonly id: string;
}

/** Positions between which an item leads to statements, both included. */
export interface Extent {
  readonly first: string;
  readonly last: string;
}

/**
 * Entry items:
 *
 * - own: `sk` = position of the first of the statements, `m` = all statements of one section that share the partition,
 *   19 bytes each: 3 bytes counter of the position, 16 bytes id; `k` = counter of the first of the section and the shard of
 *   its packs, when that by time has all of them;
 * - inherited: `sk` = position + `+`, one statement, so that it can be added at any later time without touching the item
 *   of the section it came in.
 *
 * A pack has `m`, too, and that of a related activity stands among these, in the place of an own entry: see
 * `storage/dynamodb/statements/pack-item.ts`.
 */
const MEMBER_BYTES = 19;
const COUNTER_BYTES = 3;
const INHERITED = '+';

/**
 * @param pointers of one section, ascending
 * @param place of the section, when its pack by time has all these statements
 */
export function ownEntry(partition: string, pointers: readonly [Pointer, ...Pointer[]], place?: SectionPlace): Item {
  const item = entryItem(partition, pointers[0].at, pointers);
  return place === undefined ? item : { ...item, k: { S: `${counterOf(place.section)} ${place.shard}` } };
}

export function inheritedEntry(partition: string, pointer: Pointer): Item {
  return entryItem(partition, pointer.at + INHERITED, [pointer]);
}

function entryItem(partition: string, sortKey: string, pointers: readonly Pointer[]): Item {
  return { pk: { S: partition }, sk: { S: sortKey }, m: { B: membersOf(pointers) } };
}

export function membersOf(pointers: readonly Pointer[]): Buffer {
  const members = Buffer.alloc(pointers.length * MEMBER_BYTES);
  pointers.forEach((pointer, index) => {
    const offset = index * MEMBER_BYTES;
    members.writeUIntBE(counterOf(pointer.at), offset, COUNTER_BYTES);
    members.write(pointer.id.replaceAll('-', ''), offset + COUNTER_BYTES, 'hex');
  });
  return members;
}

/** Whether the statement of an entry item inherited it from what it refers to. */
export function isInherited(item: Item): boolean {
  return item['sk']?.S?.endsWith(INHERITED) === true;
}

/** The section of the statements of an entry, when its pack by time has all of them. */
export function packedSection(item: Item): SectionPlace | undefined {
  const [counter, shard] = item['k']?.S?.split(' ') ?? [];
  if (counter === undefined) return undefined;
  return { section: positionIn(blockOf(textOf(item, 'sk')), Number(counter)), shard: Number(shard) };
}

/** How many statements an entry item or a pack leads to. */
export function sizeOf(item: Item): number {
  return (item['m']?.B?.length ?? 0) / MEMBER_BYTES;
}

/** The first and the last position that an entry item or a pack may lead to. */
export function extentOf(item: Item): Extent {
  const first = positionOf(item);
  const members = bytesOf(item, 'm');
  const last = members.length - MEMBER_BYTES;
  return { first, last: last < 0 ? first : positionIn(blockOf(first), members.readUIntBE(last, COUNTER_BYTES)) };
}

/** The position that an item begins at. */
function positionOf(item: Item): string {
  const sortKey = textOf(item, 'sk');
  return positionIn(blockOf(sortKey), counterOf(sortKey));
}

/** What an entry item or a pack leads to, ascending: the position and the id of the statement at each place. */
export interface OpenEntry {
  readonly size: number;
  readonly at: (place: number) => string;
  readonly id: (place: number) => string;
}

/** Nothing is made of those that nobody asks for. */
export function openEntry(item: Item): OpenEntry {
  const block = blockOf(item['sk']?.S ?? '');
  const members = bytesOf(item, 'm');
  let hex: string | undefined;
  return {
    size: sizeOf(item),
    at: (place) => positionIn(block, members.readUIntBE(place * MEMBER_BYTES, COUNTER_BYTES)),
    id: (place) => uuidOf((hex ??= members.toString('hex')), 2 * (place * MEMBER_BYTES + COUNTER_BYTES)),
  };
}

/** The statements of an entry item or a pack, ascending. */
export function readEntry(item: Item): readonly Pointer[] {
  const { size, at, id } = openEntry(item);
  return Array.from({ length: size }, (_, place) => ({ at: at(place), id: id(place) }));
}

function uuidOf(hex: string, start: number): string {
  const [a, b, c, d, e] = [start + 8, start + 12, start + 16, start + 20, start + 32];
  return `${hex.slice(start, a)}-${hex.slice(a, b)}-${hex.slice(b, c)}-${hex.slice(c, d)}-${hex.slice(d, e)}`;
}
