import type { Item } from '#storage/dynamodb/attributes.ts';
import { type Pointer, readEntry } from '#storage/dynamodb/statements/entry-item.ts';
import { INDEX_ATTRIBUTES, type IndexName } from '#storage/dynamodb/statements/keyspace.ts';
import { entryRangeStart, isInRange, type PositionRange } from '#storage/dynamodb/statements/position-range.ts';
import { readStatementRow, type StatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** A statement that an index leads to; `row` is what the index carries of it, which may be all that is needed. */
export interface Candidate extends Pointer {
  readonly row?: StatementRow;
}

/** One partition of one index, read in pages. */
export interface PointerSource {
  /**
   * Whether candidates of one array may come out of order: the items of its own entries and those that were inherited
   * later overlap. Candidates of different arrays always come in order.
   */
  readonly mixesArrays: boolean;
  read(range: PositionRange, limit: number, startKey: Item | undefined): Promise<SourcePage>;
}

export interface SourcePage {
  readonly candidates: readonly Candidate[];
  /** To go on from; absent at the end of the partition. */
  readonly next: Item | undefined;
}

/** The rows of an index of the table; eventually consistent, as every index is. */
export function indexSource(table: StatementsTable, index: IndexName, partition: string): PointerSource {
  return {
    mixesArrays: false,
    read: async (range, limit, startKey) => {
      const page = await table.query({
        IndexName: index,
        KeyConditionExpression: `${INDEX_ATTRIBUTES[index]} = :partition AND p BETWEEN :from AND :to`,
        ExpressionAttributeValues: {
          ':partition': { S: partition },
          ':from': { S: range.from },
          ':to': { S: range.to },
        },
        ScanIndexForward: range.ascending,
        Limit: limit,
        ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
      });
      const rows = page.items.map(readStatementRow);
      const candidates = rows.flatMap((row) => {
        return row.at !== undefined && isInRange(range, row.at) ? [{ at: row.at, id: row.id, row }] : [];
      });
      return { candidates, next: page.lastKey };
    },
  };
}

/** The entries of a partition, each of which may stand for many statements of one array. */
export function entrySource(table: StatementsTable, partition: string): PointerSource {
  return {
    mixesArrays: true,
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
      const candidates = page.items.flatMap(readEntry).filter(({ at }) => isInRange(range, at));
      return { candidates, next: page.lastKey };
    },
  };
}
