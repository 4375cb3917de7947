import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { type Partition, partitionFolder } from '#lake/files/layout.ts';
import { ParquetFile } from '#lake/parquet/parquet-file.ts';

/** No store and no day is called so. */
const NOWHERE: Partition & { readonly day: string } = { store: 'none', day: '1970-01-01' };

/** Where the file of a table is, below the folder of all of them. */
export function emptyFileOf({ folder, partitionedBy }: LakeTable): string {
  const { store, day } = NOWHERE;
  const partition = partitionedBy.includes('dt') ? { store, day } : { store };
  return `${folder}/${partitionFolder(partition)}empty.parquet`;
}

/**
 * A file without rows for each table, by path: with it a query knows all columns, also while a table has no file yet, and
 * those of this version where files of older ones lack some.
 */
export function emptyFiles(): ReadonlyMap<string, Uint8Array> {
  const tables: readonly LakeTable[] = Object.values(LAKE_TABLES);
  return new Map(tables.map((table) => [emptyFileOf(table), new ParquetFile(table.columns).finish()]));
}
