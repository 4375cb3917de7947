import { blockOf } from '#storage/position.ts';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import { isInherited, type Pointer, readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { INDEX_ATTRIBUTES, type IndexName } from '#storage/dynamodb/statements/keyspace.ts';
import { entryRangeStart, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import type { RowFilter } from '#storage/dynamodb/statements/row-filter.ts';
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
}

/** What one item of an index leads to. */
export interface Run {
  /**
   * Runs with different ones come in order. Those with the same may overlap: the statements of one array, and what some of
   * them inherited later.
   */
  readonly array: string;
  /** Unpacks the item; many items that are read are never looked at. */
  readonly candidates: () => readonly Candidate[];
}

/** One partition of one index, read in pages. */
export interface PointerSource {
  /** Partitions over which all that it is a part of is spread evenly; absent: it is the only one. */
  readonly shards?: number;
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
      const runs = rows.map((row) => ({ array: row.at, candidates: () => [{ at: row.at, id: row.id, row }] }));
      return { runs: [...runs, ...leftOut(page)], next: page.lastKey };
    },
  };
}

/** So that whoever looks through many rows in vain knows how far that went. */
function leftOut({ items, scanned, lastKey }: QueryPage): readonly Run[] {
  const at = lastKey?.['p']?.S;
  const count = scanned - items.length;
  if (at === undefined || count === 0 || items.at(-1)?.['p']?.S === at) return [];
  return [{ array: at, candidates: () => [{ at, id: '', leftOut: count }] }];
}

/** The entries of a partition, each of which may stand for many statements of one array. */
export function entrySource(table: StatementsTable, partition: string, shards = 1): PointerSource {
  return {
    shards,
    read: async (range, limit, startKey) => {
      const page = await table.query({
        KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':partition': { S: partition },
          ':from': { S: entryRangeStart(range) },
          ':to': { S: range.to },
        },
        ScanIndexForward: range.ascending,
        Limit: limit,
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      });
      const runs = page.items.map((item) => ({ array: blockOf(keyOf(item).sk), candidates: () => candidatesIn(item) }));
      return { runs, next: page.lastKey };
    },
  };
}

function candidatesIn(item: Item): readonly Candidate[] {
  const inherited = isInherited(item);
  return readEntry(item).map((pointer) => ({ ...pointer, inherited }));
}
