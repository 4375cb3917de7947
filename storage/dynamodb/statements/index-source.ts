import type { IndexName } from '#storage/dynamodb/statements/keyspace.ts';
import type { Candidate, PointerSource, Run } from '#storage/dynamodb/statements/pointer-source.ts';
import type { RowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { readStatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import { exists } from '#storage/dynamodb/statements/statement-reader.ts';
import type { QueryPage, StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

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
    isFiltered: filter !== undefined,
    itemsFor: (statements) => statements,
    read: async (range, limit, startKey) => {
      const { from, to, ascending } = range;
      const page = await table.between({ index, partition, from, to, ascending, filter, limit, startKey });
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
