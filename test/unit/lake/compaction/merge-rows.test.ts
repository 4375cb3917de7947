import { describe, expect, it } from 'vitest';
import { STATEMENT_COLUMNS } from '#lake/columns.ts';
import { mergeRows } from '#lake/compaction/merge-rows.ts';
import { cellsOf, ParquetFile } from '#lake/parquet/parquet-file.ts';
import { inMemory, ParquetReader } from '#lake/parquet/parquet-reader.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import type { LakeStatement } from '#lake/rows/row.ts';
import { statementRow } from '#lake/rows/statement-row.ts';
import { LAKE_SECRET, StoredStatements } from '#test/support/lake.ts';

const CONTEXT = { keys: new ActorKeys(LAKE_SECRET, 'default'), languages: languagePreference(['en']) };

function fileWith(statements: readonly LakeStatement[]): Promise<ParquetReader> {
  const file = new ParquetFile(STATEMENT_COLUMNS);
  const rows = statements.map((statement) => statementRow(statement, CONTEXT));
  file.addGroup(cellsOf(STATEMENT_COLUMNS, rows), rows.length);
  return ParquetReader.open(inMemory(file.finish()));
}

describe('rows of several files', () => {
  it('are each there once, also when two files have the same', async () => {
    const statements = new StoredStatements().many(3);
    const files = [await fileWith(statements), await fileWith(statements.slice(1))];
    const { rows, positions } = await mergeRows(files, new Set());
    expect(rows).toBe(3);
    expect(positions).toEqual(statements.map(({ position }) => position));
  });
});
