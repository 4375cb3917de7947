import type { Item } from '#storage/dynamodb/attributes.ts';
import { extentOf, sizeOf } from '#storage/dynamodb/statements/entry-item.ts';
import type { PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import type { MayMeet } from '#storage/dynamodb/statements/pack-mark.ts';
import type { Candidate, PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import {
  entryRangeStart,
  isInRange,
  isWithin,
  type PositionRange,
} from '#storage/dynamodb/statements/position-range.ts';
import { readPack } from '#storage/dynamodb/statements/read-pack.ts';
import { SECTION_SIZE } from '#storage/dynamodb/statements/section.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { guess, type UsualItems } from '#storage/dynamodb/statements/usual-items.ts';
import { counterOf, POSITION_PATTERN } from '#storage/position.ts';

export interface PackSourceOptions {
  readonly index: PackedIndex;
  readonly partition: string;
  readonly shards: number;
  readonly usual: UsualItems;
  /** What is left out; absent: nothing. */
  readonly mayMeet: MayMeet | undefined;
}

/** The packs of a partition, one of a section. */
export function packSource(table: StatementsTable, options: PackSourceOptions): PointerSource {
  const { partition, shards, usual, mayMeet } = options;
  return {
    shards,
    isDisjoint: true,
    isFiltered: mayMeet !== undefined,
    itemsFor: (statements, range) => packsFor(statements, range, options),
    read: async (range, limit, startKey) => {
      const page = await table.between({ ...range, partition, from: entryRangeStart(range), limit, startKey });
      const runs = page.items.map((item) => {
        const extent = extentOf(item);
        const candidates = () => candidatesInPack(item, range, mayMeet);
        return { ...extent, reach: extent.last, size: sizeOf(item), candidates };
      });
      usual.note(partition, runs);
      return { runs, next: page.lastKey };
    },
  };
}

/** A page may begin within a pack. Of many shards, most have nothing of it, so that one of each tells which to read on. */
function packsFor(
  statements: number,
  range: PositionRange,
  { index, partition, shards, usual, mayMeet }: PackSourceOptions,
): number {
  if (shards > 1) return Math.ceil(statements / SECTION_SIZE);
  if (index === 'time') return sectionsFor(statements, restOfSection(range), usual.size(partition));
  // How many packs a filter leaves something of, their sizes do not tell.
  return (mayMeet === undefined ? usual.for(partition, statements) : guess(statements)) + 1;
}

/**
 * All of a section have the same time.
 *
 * @param rest statements that the page before has left of its last section
 * @param size of the sections that were read last; however short they were, no more than twice as many are read
 */
function sectionsFor(statements: number, rest: number, size = SECTION_SIZE): number {
  const others = Math.max(statements - rest, 0) / Math.max(size, SECTION_SIZE / 2);
  return Math.ceil(others) + (rest === 0 ? 0 : 1);
}

/** A guess: of an array that is alone in its millisecond, whose last section may be shorter. */
function restOfSection({ ascending, after }: PositionRange): number {
  if (after === undefined || !POSITION_PATTERN.test(after)) return 0;
  const place = counterOf(after) % SECTION_SIZE;
  return ascending ? SECTION_SIZE - 1 - place : place;
}

/** In the place of those that are left out there is one, where the last of them is that the page may hold. */
function candidatesInPack(item: Item, range: PositionRange, mayMeet: MayMeet | undefined): readonly Candidate[] {
  const { statements, leftOut, at } = readPack(item, mayMeet);
  const out = isWithin(range, extentOf(item)) ? leftOut : leftOut.filter((place) => isInRange(range, at(place)));
  const last = out.at(range.ascending ? -1 : 0);
  if (last === undefined) return statements;
  const position = at(last);
  const before = statements.findLastIndex((statement) => statement.at < position) + 1;
  const mark = { at: position, id: '', leftOut: out.length };
  return [...statements.slice(0, before), mark, ...statements.slice(before)];
}
