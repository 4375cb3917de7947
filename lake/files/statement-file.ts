import { LAKE_TABLES, STATEMENT_COLUMNS } from '#lake/columns.ts';
import { dataFolder, type DayPartition } from '#lake/files/layout.ts';
import { type FileName, formatFileName } from '#lake/files/file-name.ts';
import { type ColumnCells, ParquetFile } from '#lake/parquet/parquet-file.ts';
import type { ParquetReader } from '#lake/parquet/parquet-reader.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** Rows, by column, in the order in which they stand in the file. */
export interface RowGroup {
  readonly cells: ColumnCells;
  readonly rows: number;
}

/** A file and its twin without what tells who learners are. */
export interface StatementFile {
  readonly name: string;
  readonly full: Uint8Array;
  readonly pseudonymous: Uint8Array;
}

/** What a merged file carries: the names of the files that it is to take the place of. */
const REPLACES_KEY = 'lake.replaces';

export function formatReplaces(names: readonly string[]): Readonly<Record<string, string>> {
  return { [REPLACES_KEY]: names.join('\n') };
}

/** The inverse of `formatReplaces`. */
export function replacedBy(reader: ParquetReader): readonly string[] {
  return (reader.metadata(REPLACES_KEY) ?? '').split('\n').filter((name) => name !== '');
}

/** @param groups are asked for one after the other, so that not all of them need be in memory @param metadata of the full file */
export function encodeStatements(
  groups: Iterable<RowGroup>,
  name: Omit<FileName, 'bytes'>,
  metadata: Readonly<Record<string, string>> = {},
): StatementFile {
  const full = new ParquetFile(STATEMENT_COLUMNS, metadata);
  for (const { cells, rows } of groups) full.addGroup(cells, rows);
  const pseudonymous = full.project(LAKE_TABLES.pseudonymous.columns);
  const content = full.finish();
  return {
    name: formatFileName({ ...name, bytes: content.byteLength }),
    full: content,
    pseudonymous: pseudonymous.finish(),
  };
}

/** The twin last: what is left of a writer that dies is found by the file itself. */
export async function putStatementFile(
  objects: ObjectStore,
  partition: DayPartition,
  { name, full, pseudonymous }: StatementFile,
): Promise<void> {
  await objects.put(dataFolder(LAKE_TABLES.statements, partition) + name, full);
  await objects.put(dataFolder(LAKE_TABLES.pseudonymous, partition) + name, pseudonymous);
}

/** The twin first, for the same reason. */
export async function deleteStatementFile(objects: ObjectStore, partition: DayPartition, name: string): Promise<void> {
  await objects.delete(dataFolder(LAKE_TABLES.pseudonymous, partition) + name);
  await objects.delete(dataFolder(LAKE_TABLES.statements, partition) + name);
}
