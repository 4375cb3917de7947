import type { ColumnChunk } from 'hyparquet';
import type { ByteWriter, ParquetWriter } from 'hyparquet-writer';

/** What a file that is being written consists of. */
export interface ParquetParts {
  readonly bytes: ByteWriter;
  readonly writer: ParquetWriter;
}

/**
 * Adds all rows of one file to another that has no rows yet and only some of the columns: the very bytes of these columns,
 * so that nothing is encoded and compressed again. What the footer says of them only moves.
 *
 * @param wants tells by its path in the schema whether a column is in the other file
 */
export function copyChunks(from: ParquetParts, to: ParquetParts, wants: (path: readonly string[]) => boolean): void {
  const bytes = from.bytes.getBytes();
  const pages = from.writer.pendingIndexes[Symbol.iterator]();
  for (const group of from.writer.row_groups) {
    const start = to.bytes.offset;
    const columns: ColumnChunk[] = [];
    for (const chunk of group.columns) {
      const { offsetIndex } = pages.next().value ?? {};
      if (!wants(chunk.meta_data?.path_in_schema ?? [])) continue;
      const begin = Number(chunk.file_offset);
      const distance = BigInt(to.bytes.offset) - chunk.file_offset;
      to.bytes.appendBytes(bytes.subarray(begin, begin + Number(chunk.meta_data?.total_compressed_size ?? 0n)));
      const copy = movedChunk(chunk, distance);
      columns.push(copy);
      to.writer.pendingIndexes.push({
        chunk: copy,
        ...(offsetIndex && { offsetIndex: movedPages(offsetIndex, distance) }),
      });
    }
    to.writer.num_rows += group.num_rows;
    to.writer.row_groups.push({
      columns,
      num_rows: group.num_rows,
      total_byte_size: columns.reduce((sum, { meta_data: data }) => sum + (data?.total_uncompressed_size ?? 0n), 0n),
      total_compressed_size: BigInt(to.bytes.offset - start),
    });
  }
}

type OffsetIndex = NonNullable<ParquetWriter['pendingIndexes'][number]['offsetIndex']>;

function movedPages({ page_locations: pages, ...index }: OffsetIndex, distance: bigint): OffsetIndex {
  return { ...index, page_locations: pages.map((page) => ({ ...page, offset: page.offset + distance })) };
}

function movedChunk({ meta_data: data, file_offset: offset }: ColumnChunk, distance: bigint): ColumnChunk {
  const file_offset = offset + distance;
  if (data === undefined) return { file_offset };
  const dictionary = data.dictionary_page_offset;
  return {
    file_offset,
    meta_data: {
      ...data,
      data_page_offset: data.data_page_offset + distance,
      ...(dictionary !== undefined && { dictionary_page_offset: dictionary + distance }),
    },
  };
}
