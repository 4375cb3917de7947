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
  /** The related activities of which packs have it in place of entries; then that by time has it, too. */
  readonly packedRelated: readonly string[];
  /** The position of the first statement of its section. */
  readonly section: string;
}

/** A pack costs no more than the rows of so many statements, and so many are never led to by more than one item. */
export const LEAST_SHARED = 4;

/**
 * A related activity has a pack where it is that of so small a part of its section, or of a smaller one. What more of them
 * share is read well enough in the pack by time, of which a page then wants a good part; bodies would be paid for once more.
 */
export const SMALL_PART = 1 / 3;

/** Statements and packs of a section. With 50 of these, that is as many packs as their indexes can have at the most. */
export const SECTION_ITEMS = 99;

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
    const related = relatedOf(section);
    const packs = [...counts.values()].filter((count) => count >= LEAST_SHARED).length;
    const packedRelated = packedRelatedOf(related, section.length, SECTION_ITEMS - section.length - packs);
    return section.map((statement) => {
      const { relatedActivities } = statement.keys;
      return {
        ...statement,
        indexed: relatedActivities.filter((one) => related.get(one)?.count === 1).slice(0, RELATED_INDEXES.length),
        packed: PACKED_INDEXES.filter((index) => (counts.get(nameIn(index, statement)) ?? 0) >= LEAST_SHARED),
        packedRelated: relatedActivities.filter((one) => packedRelated.has(one)),
        section: section[0]?.at ?? '',
      };
    });
  });
}

/** How many statements are in each pack, if it is one. */
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

function nameIn(index: PackedIndex, statement: Keyed): string | undefined {
  const value = valueIn(index, statement.keys);
  return value === undefined || !mayBePacked(statement) ? undefined : `${index} ${value}`;
}

function mayBePacked({ length, body }: Keyed): boolean {
  return body.length <= INDEXED_BODY_LIMIT && length <= PACKED_TEXT_LIMIT;
}

interface Shared {
  /** Statements of the section that are related to it. */
  readonly count: number;
  /** Whether all of them may be in packs. */
  readonly areSmall: boolean;
}

/** In the order in which they first appear. */
function relatedOf(section: readonly Keyed[]): ReadonlyMap<string, Shared> {
  const related = new Map<string, Shared>();
  for (const statement of section) {
    const isSmall = mayBePacked(statement);
    for (const activity of statement.keys.relatedActivities) {
      const shared = related.get(activity);
      related.set(activity, {
        count: (shared?.count ?? 0) + 1,
        areSmall: isSmall && shared?.areSmall !== false,
      });
    }
  }
  return related;
}

/** The first of those that may have a pack, as many as there is room for. @param size statements of the section */
function packedRelatedOf(related: ReadonlyMap<string, Shared>, size: number, room: number): ReadonlySet<string> {
  const packed = Array.from(related).flatMap(([activity, { count, areSmall }]) => {
    return areSmall && count >= LEAST_SHARED && count <= size * SMALL_PART ? [activity] : [];
  });
  return new Set(packed.slice(0, room));
}
