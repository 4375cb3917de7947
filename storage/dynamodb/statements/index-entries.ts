import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { inheritedEntry, ownEntry, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import type { EntryKind, Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { LEAST_SHARED, type Places } from '#storage/dynamodb/statements/places.ts';
import type { SectionPlace } from '#storage/dynamodb/statements/section.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';

interface Placed extends Pointer, Places {
  readonly keys: StatementKeys;
}

/** The entries of an array of statements, for what neither the indexes of the table nor packs cover. */
export function entriesOf(keyspace: Keyspace, statements: readonly Placed[]): readonly Item[] {
  const sections = Map.groupBy(statements, ({ section }) => section);
  return [...sections.values()].flatMap((section) => entriesOfSection(keyspace, section));
}

function entriesOfSection(keyspace: Keyspace, statements: readonly Placed[]): readonly Item[] {
  const partitions = new Map<string, [Placed, ...Placed[]]>();
  for (const statement of statements) {
    for (const [kind, value] of ownValues(statement)) {
      const partition = keyspace.entryPartition(kind, value, statement.at);
      const sharing = partitions.get(partition);
      if (sharing === undefined) partitions.set(partition, [statement]);
      else sharing.push(statement);
    }
  }
  return Array.from(partitions, ([partition, sharing]) => {
    return ownEntry(partition, sharing, sectionToRead(keyspace, sharing));
  });
}

/** Of a few, their own items are no more to read than the pack of all. */
function sectionToRead(keyspace: Keyspace, sharing: readonly [Placed, ...Placed[]]): SectionPlace | undefined {
  const arePacked = sharing.every(({ packed }) => packed.includes('time'));
  if (!arePacked || sharing.length < LEAST_SHARED) return undefined;
  const [{ section }] = sharing;
  return { section, shard: keyspace.packShard(section) };
}

function ownValues({ keys, indexed, packedRelated }: Placed): readonly (readonly [EntryKind, string])[] {
  const elsewhere = [...indexed, ...packedRelated];
  const relatedActivities = keys.relatedActivities.filter((activity) => !elsewhere.includes(activity));
  return [
    ...values('agent', keys.agents),
    ...values('related-agent', keys.relatedAgents),
    ...values('related-activity', relatedActivities),
    ...values('ref', [keys.target]),
  ];
}

/**
 * The entries under which a statement is found by the keys of those it refers to, directly or through others
 * (xAPI 1.0.3, Communication 2.1.3, filter conditions for StatementRefs).
 */
export function inheritedEntries(
  keyspace: Keyspace,
  pointer: Pointer,
  inherited: readonly StatementKeys[],
): readonly Item[] {
  const partitions = new Set(
    inherited.flatMap((keys) =>
      allValues(keys).map(([kind, value]) => keyspace.entryPartition(kind, value, pointer.at)),
    ),
  );
  return [...partitions].map((partition) => inheritedEntry(partition, pointer));
}

function allValues(keys: StatementKeys): readonly (readonly [EntryKind, string])[] {
  return [
    ...values('agent', [keys.actor, ...keys.agents]),
    ...values('related-agent', keys.relatedAgents),
    ...values('verb', [keys.verb]),
    ...values('activity', [keys.activity]),
    ...values('related-activity', keys.relatedActivities),
    ...values('registration', [keys.registration]),
  ];
}

function values(kind: EntryKind, list: readonly (string | undefined)[]): readonly (readonly [EntryKind, string])[] {
  return list.flatMap((value) => (value === undefined ? [] : [[kind, value] as const]));
}
