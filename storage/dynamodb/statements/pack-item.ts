import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { counterOf } from '#storage/position.ts';
import type { Item, ItemKey } from '#storage/dynamodb/attributes.ts';
import { encodeBodies } from '#storage/dynamodb/statements/body-codec.ts';
import { membersOf, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import type { Keyspace, PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import type { SectionPlace } from '#storage/dynamodb/statements/section.ts';
import { valueIn } from '#storage/dynamodb/statements/index-row.ts';
import { MARK_BYTES, writeMark } from '#storage/dynamodb/statements/pack-mark.ts';
import type { Removal, Update } from '#storage/dynamodb/statements/statements-table.ts';

/** By what the statements of a pack are found. */
export type PackKind = PackedIndex | 'related-activity';

/** By these alone nothing else is asked for, or mostly not. */
const WITHOUT_MARKS: ReadonlySet<PackKind> = new Set(['verb', 'time', 'related-activity']);

/** What `readPack` reads. */
export const PACK_ATTRIBUTES = ['pk', 'sk', 'm', 'z', 'g', 'f', 'j', 'c'] as const;

export interface PackMember extends Pointer {
  readonly keys: StatementKeys;
  /** JSON in `exact` format. */
  readonly text: () => string;
}

/** Statements of a section that share a value. */
export interface Pack<Member extends PackMember = PackMember> {
  readonly kind: PackKind;
  readonly key: ItemKey;
  /** Ascending. */
  readonly members: readonly Member[];
}

/** The pack that a statement with these keys is in. */
export function packKey(
  keyspace: Keyspace,
  index: PackedIndex,
  keys: StatementKeys,
  { section, shard }: SectionPlace,
): ItemKey {
  return { pk: keyspace.packPartition(index, valueIn(index, keys) ?? '', shard), sk: section };
}

/** The pack of a related activity of a section, if there is one. */
export function relatedPackKey(keyspace: Keyspace, activity: string, { section, shard }: SectionPlace): ItemKey {
  return { pk: keyspace.relatedPackPartition(activity, shard), sk: section };
}

/** The pack by time of a section. */
export function timePackKey(keyspace: Keyspace, { section, shard }: SectionPlace): ItemKey {
  return { pk: keyspace.packPartition('time', '', shard), sk: section };
}

/**
 * A pack takes the place of the rows of an index for the statements of a section that share a value there: one item. Packs
 * do not stand among the entries of the value, which may be of statements that somebody must not even know to be there.
 * Those of related activities do, in place of an own entry: who is limited to a learner or an attempt reads none.
 *
 * | attribute | meaning |
 * | --- | --- |
 * | `sk` | position of the first statement of the section, whether or not that is in the pack |
 * | `m` | its statements, as in an entry |
 * | `z` | their bodies, compressed together |
 * | `g` | for each 8 bytes that tell something of its verb and activity; not in packs by verb, time, related activity |
 * | `f` | the first 4 of these, in older packs |
 * | `j` | the journal that decides whether the statements exist |
 * | `c` | counters of statements that somebody has set out to void: what they are stands in their own items |
 *
 * It is written in the transaction that writes its statements. When one of them is to be voided, its counter is added to `c`
 * before, which does no harm when the voiding fails, so that no transaction has to touch a pack.
 *
 * @param packs of one section: the text of a statement is asked for once, whatever number of them it is in
 */
export function packItems(packs: readonly Pack[], journal: string | undefined): readonly Item[] {
  const textOf = once(
    ({ id }: PackMember) => id,
    ({ text }) => text(),
  );
  // Whoever sends what one learner did in one attempt sends statements that several packs have all of.
  const bodiesOf = once(idsOf, (members) => encodeBodies(members.map(textOf)));
  const packMarksOf = once(idsOf, (members) => marksOf(members, textOf));
  return packs.map(({ kind, key: { pk, sk }, members }) => ({
    pk: { S: pk },
    sk: { S: sk },
    m: { B: membersOf(members) },
    z: { B: bodiesOf(members) },
    ...(WITHOUT_MARKS.has(kind) ? {} : { g: { B: packMarksOf(members) } }),
    ...(journal === undefined ? {} : { j: { S: journal } }),
  }));
}

function idsOf(members: readonly PackMember[]): string {
  return members.map(({ id }) => id).join();
}

/** Makes what belongs to a name when it is first asked for. */
function once<From, Made>(nameOf: (from: From) => string, make: (from: From) => Made): (from: From) => Made {
  const known = new Map<string, Made>();
  return (from) => {
    const name = nameOf(from);
    const made = known.get(name) ?? make(from);
    known.set(name, made);
    return made;
  };
}

function marksOf(members: readonly PackMember[], textOf: (member: PackMember) => string): Buffer {
  const marks = Buffer.alloc(members.length * MARK_BYTES);
  for (const [place, member] of members.entries()) writeMark(marks, place, member.keys, textOf(member));
  return marks;
}

/** Whether an item that leads to statements is a pack. */
export function hasBodies(item: Item): boolean {
  return item['z'] !== undefined;
}

/** Takes back what an aborted journal left of a pack. */
export function packRemoval(key: ItemKey, journal: string): Removal {
  return { key, condition: 'j = :journal', values: { ':journal': { S: journal } } };
}

/** To be done before statements of a pack are voided. @param positions of them, without repeats */
export function askItself(key: ItemKey, positions: readonly string[]): Update {
  const counters = positions.map((at) => String(counterOf(at)));
  return { key, expression: 'ADD c :counters', values: { ':counters': { NS: counters } } };
}

/** The same where nobody knows whether there is a pack. Fails where there is none, and makes none. */
export function askItselfIfThere(key: ItemKey, positions: readonly string[]): Update {
  return { ...askItself(key, positions), condition: 'attribute_exists(z)' };
}
