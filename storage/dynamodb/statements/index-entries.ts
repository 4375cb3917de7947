import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { inheritedEntry, ownEntries, type Pointer } from '#storage/dynamodb/statements/entry-item.ts';
import type { EntryKind, Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import type { IndexedRelated } from '#storage/dynamodb/statements/related-activities.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';

interface OwnKeys extends IndexedRelated {
  readonly keys: StatementKeys;
}

/** The entries of an array of statements, for what the indexes of the table do not cover. */
export function entriesOf(keyspace: Keyspace, statements: readonly (Pointer & OwnKeys)[]): readonly Item[] {
  const partitions = new Map<string, Pointer[]>();
  for (const statement of statements) {
    const { at, id } = statement;
    for (const [kind, value] of ownValues(statement)) {
      const partition = keyspace.entryPartition(kind, value, at);
      const pointers = partitions.get(partition);
      if (pointers === undefined) partitions.set(partition, [{ at, id }]);
      else pointers.push({ at, id });
    }
  }
  return [...partitions].flatMap(([partition, pointers]) => ownEntries(partition, pointers));
}

function ownValues({ keys, indexed }: OwnKeys): readonly (readonly [EntryKind, string])[] {
  const relatedActivities = keys.relatedActivities.filter((activity) => !indexed.includes(activity));
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
