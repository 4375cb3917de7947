import type { Item } from '#storage/dynamodb/attributes.ts';
import { extentOf, sizeOf } from '#storage/dynamodb/statements/entry-item.ts';
import { itemsBetween } from '#storage/dynamodb/statements/items-between.ts';
import type { PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import { type PackedStatement, readPack } from '#storage/dynamodb/statements/pack-item.ts';
import type { MayMeet } from '#storage/dynamodb/statements/pack-mark.ts';
import { packedRow } from '#storage/dynamodb/statements/packed-row.ts';
import type { Candidate, PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import { entryRangeStart, isInRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { SECTION_SIZE } from '#storage/dynamodb/statements/section.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { usualItems } from '#storage/dynamodb/statements/usual-items.ts';

export interface PackSourceOptions {
  readonly index: PackedIndex;
  readonly partition: string;
  readonly shards: number;
  /** What is left out; absent: nothing. */
  readonly mayMeet: MayMeet | undefined;
}

/** The packs of a partition, one of a section. */
export function packSource(
  table: StatementsTable,
  { index, partition, shards, mayMeet }: PackSourceOptions,
): PointerSource {
  return {
    shards,
    isDisjoint: true,
    isFiltered: mayMeet !== undefined,
    itemsFor: (statements) => packsFor(statements, { index, shards }),
    read: async (range, limit, startKey) => {
      const page = await table.query(
        itemsBetween({ ...range, partition, from: entryRangeStart(range) }, limit, startKey),
      );
      const runs = page.items.map((item) => {
        const extent = extentOf(item);
        const candidates = () => candidatesInPack(item, range, mayMeet);
        return { ...extent, reach: extent.last, size: sizeOf(item), candidates };
      });
      return { runs, next: page.lastKey };
    },
  };
}

/** A page may begin within a pack. Of many shards, most have nothing of it, so that one of each tells which to read on. */
function packsFor(statements: number, { index, shards }: Pick<PackSourceOptions, 'index' | 'shards'>): number {
  if (shards > 1) return Math.ceil(statements / SECTION_SIZE);
  // All of a section have the same time.
  return index === 'time' ? Math.ceil(statements / SECTION_SIZE) + 1 : usualItems(statements) + 1;
}

function candidatesInPack(item: Item, range: PositionRange, mayMeet: MayMeet | undefined): readonly Candidate[] {
  const { statements, leftOut } = readPack(item, mayMeet);
  const out = leftOut.filter(({ at }) => isInRange(range, at));
  const last = out.at(range.ascending ? -1 : 0);
  const mark = last === undefined ? [] : [{ at: last.at, id: '', leftOut: out.length }];
  return [...statements.map(candidateOf), ...mark];
}

function candidateOf(statement: PackedStatement): Candidate {
  const { at, id } = statement;
  const row = packedRow(statement);
  return row === undefined ? { at, id } : { at, id, row };
}
