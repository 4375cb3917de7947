import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { ItemKey } from '#storage/dynamodb/attributes.ts';
import { valueIn } from '#storage/dynamodb/statements/index-row.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { packKey, type PackKind, relatedPackKey } from '#storage/dynamodb/statements/pack-item.ts';
import type { PacksOfStatement } from '#storage/dynamodb/statements/statement-item.ts';

/** What stands for a statement, with what tells its packs. */
export interface Packed<Member> extends PacksOfStatement {
  readonly member: Member;
  readonly keys: StatementKeys;
  /** The related activities of which packs have it, or may have it. */
  readonly related: readonly string[];
}

export interface PackOf<Member> {
  readonly kind: PackKind;
  readonly key: ItemKey;
  readonly members: readonly Member[];
}

/** The packs that statements are in, or may be in, each once; its members in the order of the statements. */
export function packsOf<Member>(keyspace: Keyspace, statements: readonly Packed<Member>[]): readonly PackOf<Member>[] {
  const packs = new Map<string, PackOf<Member> & { readonly members: Member[] }>();
  for (const statement of statements) {
    for (const { kind, name, key } of placesOf(keyspace, statement)) {
      const pack = packs.get(name) ?? { kind, key: key(), members: [] };
      packs.set(name, pack);
      pack.members.push(statement.member);
    }
  }
  return [...packs.values()];
}

interface PackPlace {
  readonly kind: PackKind;
  /** No other pack's. */
  readonly name: string;
  /** Asked for once for each pack. */
  readonly key: () => ItemKey;
}

function placesOf(
  keyspace: Keyspace,
  { keys, packed, related, section, shard }: Packed<unknown>,
): readonly PackPlace[] {
  const place = { section, shard };
  return [
    ...packed.map((index): PackPlace => {
      const name = `${section} ${index} ${valueIn(index, keys)}`;
      return { kind: index, name, key: () => packKey(keyspace, index, keys, place) };
    }),
    ...related.map((activity): PackPlace => {
      const kind = 'related-activity';
      return { kind, name: `${section} ${kind} ${activity}`, key: () => relatedPackKey(keyspace, activity, place) };
    }),
  ];
}
