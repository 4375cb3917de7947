import type { Item } from '#storage/dynamodb/attributes.ts';
import {
  type Extent,
  extentOf,
  isInherited,
  packedSection,
  type Pointer,
  readEntry,
  sizeOf,
} from '#storage/dynamodb/statements/entry-item.ts';
import { INDEX_ATTRIBUTES, type IndexName, type PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import { endOfSection, SECTION_SIZE, type SectionPlace } from '#storage/dynamodb/statements/section.ts';
import { type PackedStatement, readPack } from '#storage/dynamodb/statements/pack-item.ts';
import type { MayMeet } from '#storage/dynamodb/statements/pack-mark.ts';
import { BEYOND, entryRangeStart, isInRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { blockOf, counterOf, POSITION_PATTERN } from '#storage/position.ts';
import type { RowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { packedRow } from '#storage/dynamodb/statements/packed-row.ts';
import { readStatementRow, type StatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import { exists } from '#storage/dynamodb/statements/statement-reader.ts';
import type { QueryPage, StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** A statement that an index leads to; `row` is what the index carries of it, which may be all that is needed. */
export interface Candidate extends Pointer {
  readonly row?: StatementRow;
  /**
   * It may lead to the statement in vain: what the statement refers to was announced, but then not stored, or with another
   * content.
   */
  readonly inherited?: boolean;
  /** No statement, but so many rows up to here that a filter has left out. */
  readonly leftOut?: number;
  /** The pack by time of this section has the statement, if it is there. */
  readonly packedIn?: SectionPlace;
}

/** What one item of an index leads to. Runs come in the order of their first positions. */
export interface Run extends Extent {
  /** The last position that it, or a run that comes later in descending order, may lead to. */
  readonly reach: string;
  /** How many candidates there are. */
  readonly size: number;
  /** Unpacks the item; many items that are read are never looked at. */
  readonly candidates: () => readonly Candidate[];
}

/** One partition of one index, read in pages. */
export interface PointerSource {
  /** Partitions over which all that it is a part of is spread evenly; absent: it is the only one. */
  readonly shards?: number;
  /** No two runs overlap, so that each is complete. */
  readonly isDisjoint?: boolean;
  /** How many items to read at first for so many statements. */
  readonly itemsFor: (statements: number) => number;
  read(range: PositionRange, limit: number, startKey: Item | undefined): Promise<SourcePage>;
}

export interface SourcePage {
  readonly runs: readonly Run[];
  /** To go on from; absent at the end of the partition. */
  readonly next: Item | undefined;
}

export interface IndexSourceOptions {
  readonly index: IndexName;
  readonly partition: string;
  readonly shards: number;
  readonly filter: RowFilter | undefined;
}

/** The rows of an index of the table; eventually consistent, as every index is. */
export function indexSource(
  table: StatementsTable,
  { index, partition, shards, filter }: IndexSourceOptions,
): PointerSource {
  return {
    shards,
    itemsFor: (statements) => statements,
    read: async (range, limit, startKey) => {
      const page = await table.query({
        IndexName: index,
        KeyConditionExpression: `${INDEX_ATTRIBUTES[index]} = :partition AND p BETWEEN :from AND :to`,
        ExpressionAttributeValues: {
          ':partition': { S: partition },
          ':from': { S: range.from },
          ':to': { S: range.to },
          ...filter?.values,
        },
        ...(filter === undefined ? {} : { FilterExpression: filter.expression }),
        ScanIndexForward: range.ascending,
        Limit: limit,
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      });
      const rows = page.items.map(readStatementRow).filter(exists);
      const runs = rows.map((row) => runOf({ at: row.at, id: row.id, row }));
      return { runs: [...runs, ...leftOut(page)], next: page.lastKey };
    },
  };
}

/** So that whoever looks through many rows in vain knows how far that went. */
function leftOut({ items, scanned, lastKey }: QueryPage): readonly Run[] {
  const at = lastKey?.['p']?.S;
  const count = scanned - items.length;
  if (at === undefined || count === 0 || items.at(-1)?.['p']?.S === at) return [];
  return [runOf({ at, id: '', leftOut: count })];
}

function runOf(candidate: Candidate): Run {
  const { at } = candidate;
  return { first: at, last: at, reach: at, size: 1, candidates: () => [candidate] };
}

export interface EntrySourceOptions {
  readonly partition: string;
  readonly shards: number;
  /** Entries that are older than packs may be here, each of which leads to statements of all of an array. */
  readonly hasOldEntries?: boolean;
}

/** Statements of a section that share what is asked for, where any do; and for how many items are read on this guess. */
const USUALLY_SHARED = 5;
const GUESSED = 100;
/** Entries that are read besides: those that show that one is complete. */
const BESIDE = 2;
/** Items that are read at once where statements have inherited entries one after the other. */
const INHERITED_AT_ONCE = 200;

/** The entries of a partition, each of which may stand for many statements of one section. */
export function entrySource(
  table: StatementsTable,
  { partition, shards, hasOldEntries = false }: EntrySourceOptions,
): PointerSource {
  const startOf = ({ from }: PositionRange): Promise<string> | string => {
    return hasOldEntries ? startBefore(table, partition, from) : entryRangeStart({ from });
  };
  let start: Promise<string> | string | undefined;
  return {
    shards,
    itemsFor: (statements) => Math.min(statements, guessOfSharing(statements) + BESIDE),
    read: async (range, limit, startKey) => {
      start ??= startOf(range);
      const page = await table.query(itemsBetween(partition, await start, range, limit, startKey));
      const runs = page.items.map((item) => ({
        ...extentOf(item),
        reach: reachOf(item, hasOldEntries),
        size: sizeOf(item),
        candidates: () => candidatesIn(item),
      }));
      return { runs, next: page.lastKey };
    },
  };
}

function guessOfSharing(statements: number): number {
  return Math.ceil(Math.min(statements, GUESSED) / USUALLY_SHARED);
}

/** A page may begin within a pack. Of many shards, most have nothing of it, so that one of each tells which to read on. */
function packsFor(statements: number, { index, shards }: Pick<PackSourceOptions, 'index' | 'shards'>): number {
  if (shards > 1) return Math.ceil(statements / SECTION_SIZE);
  // All of a section have the same time.
  return index === 'time' ? Math.ceil(statements / SECTION_SIZE) + 1 : guessOfSharing(statements) + 1;
}

function itemsBetween(
  partition: string,
  from: string,
  { to, ascending }: PositionRange,
  limit: number,
  startKey: Item | undefined,
) {
  return {
    KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':partition': { S: partition }, ':from': { S: from }, ':to': { S: to } },
    ScanIndexForward: ascending,
    Limit: limit,
    ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
  };
}

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
    itemsFor: (statements) => packsFor(statements, { index, shards }),
    read: async (range, limit, startKey) => {
      const page = await table.query(itemsBetween(partition, entryRangeStart(range), range, limit, startKey));
      const runs = page.items.map((item) => {
        const extent = extentOf(item);
        const candidates = () => candidatesInPack(item, range, mayMeet);
        return { ...extent, reach: extent.last, size: sizeOf(item), candidates };
      });
      return { runs, next: page.lastKey };
    },
  };
}

/**
 * Of an old entry, the one that holds a position may begin anywhere before it in the array. Whatever is not inherited leads
 * to statements of one array that follow each other, so that the next before the section tells.
 */
async function startBefore(table: StatementsTable, partition: string, from: string): Promise<string> {
  const start = entryRangeStart({ from });
  if (!POSITION_PATTERN.test(start) || counterOf(start) === 0) return start;
  let startKey: Item | undefined;
  do {
    const page = await table.query({
      KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':partition': { S: partition },
        ':from': { S: blockOf(start) },
        ':to': { S: start },
      },
      ScanIndexForward: false,
      Limit: startKey === undefined ? 1 : INHERITED_AT_ONCE,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    });
    const own = page.items.find((item) => !isInherited(item));
    const extent = own && extentOf(own);
    if (extent !== undefined) return extent.last < from ? start : extent.first;
    startKey = page.lastKey;
  } while (startKey !== undefined);
  return start;
}

/** Before what a statement has inherited, an old entry may begin; before another entry, none that reaches behind it. */
function reachOf(item: Item, hasOldEntries: boolean): string {
  const { first } = extentOf(item);
  return hasOldEntries && isInherited(item) ? blockOf(first) + BEYOND : endOfSection(first);
}

function candidatesIn(item: Item): readonly Candidate[] {
  const inherited = isInherited(item);
  const packedIn = packedSection(item);
  return readEntry(item).map((pointer) => ({ ...pointer, inherited, ...(packedIn !== undefined && { packedIn }) }));
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
