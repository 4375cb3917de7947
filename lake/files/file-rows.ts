import type { LakeTable } from '#lake/columns.ts';
import { FileGone } from '#lake/files/file-gone.ts';
import type { FileName } from '#lake/files/file-name.ts';
import { dataFolder, type Partition } from '#lake/files/layout.ts';
import { ParquetReader, type ParquetSource } from '#lake/parquet/parquet-reader.ts';
import type { ObjectStore } from '#storage/object-store.ts';

/** A file of the lake, of which only what is asked for is read. @param bytes its size */
export function sourceOf(objects: ObjectStore, key: string, bytes: number): ParquetSource {
  return {
    byteLength: bytes,
    slice: async (start, end = bytes) => {
      const part = await objects.getRange(key, start, end);
      if (part === undefined) throw new FileGone(key);
      // What the port answers with may be a part of a larger buffer.
      return new Uint8Array(part).buffer;
    },
  };
}

/** The positions of the rows in a file. */
export async function positionsIn(
  objects: ObjectStore,
  table: Pick<LakeTable, 'folder'>,
  partition: Partition,
  name: string,
  { bytes }: Pick<FileName, 'bytes'>,
): Promise<readonly string[]> {
  const reader = await ParquetReader.open(sourceOf(objects, dataFolder(table, partition) + name, bytes));
  const positions = await reader.column('position');
  return positions.map(String);
}
