import { PACKED_INDEXES, type PackedIndex, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import { sectionsOf } from '#storage/dynamodb/statements/section.ts';
import { INDEXED_BODY_LIMIT, valueIn } from '#storage/dynamodb/statements/index-row.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** By what a statement is found, where there is a choice. */
export interface Places {
  /** The related activities that it has index rows for, at most as many as there are such indexes; others have entries. */
  readonly indexed: readonly string[];
  /** The indexes in place of which packs have it. */
  readonly packed: readonly PackedIndex[];
  /** The position of the first statement of its section. */
  readonly section: string;
}

/** A pack costs no more than the rows of so many statements, and so many are never led to by more than one item. */
export const LEAST_SHARED = 4;

interface Keyed {
  readonly at: string;
  readonly keys: StatementKeys;
  /** Characters of its text. */
  readonly length: number;
  readonly body: Uint8Array;
}

/** Characters of a statement in a pack, whose readers decompress all of a pack for one: 50 of these are some 400 KB. */
export const PACKED_TEXT_LIMIT = 8_192;

/**
 * Decides how the statements of an array are found. What several statements of a section share costs less as one item for
 * all of them than as an index row for each, which in turn costs as much as an entry of its own, but is written with the
 * statement, and carries its body. A body that no row would carry is not in packs either, nor one that a few bytes stand for.
 *
 * @param array all of it, as its entries are written: a part of it would be decided otherwise
 */
export function withPlaces<Statement extends Keyed>(array: readonly Statement[]): readonly (Statement & Places)[] {
  return sectionsOf(array).flatMap((section) => {
    const counts = countsOf(section);
    const shared = sharedRelated(section);
    return section.map((statement) => ({
      ...statement,
      indexed: statement.keys.relatedActivities.filter((one) => !shared.has(one)).slice(0, RELATED_INDEXES.length),
      packed: PACKED_INDEXES.filter((index) => (counts.get(nameIn(index, statement)) ?? 0) >= LEAST_SHARED),
      section: section[0]?.at ?? '',
    }));
  });
}

function countsOf(section: readonly Keyed[]): ReadonlyMap<string | undefined, number> {
  const counts = new Map<string | undefined, number>();
  for (const statement of section) {
    for (const index of PACKED_INDEXES) {
      const name = nameIn(index, statement);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function nameIn(index: PackedIndex, { keys, length, body }: Keyed): string | undefined {
  const value = valueIn(index, keys);
  if (body.length > INDEXED_BODY_LIMIT || length > PACKED_TEXT_LIMIT) return undefined;
  return value === undefined ? undefined : `${index} ${value}`;
}

function sharedRelated(section: readonly Keyed[]): ReadonlySet<string> {
  const [seen, shared] = [new Set<string>(), new Set<string>()];
  for (const { keys } of section) {
    for (const activity of keys.relatedActivities) (seen.has(activity) ? shared : seen).add(activity);
  }
  return shared;
}
