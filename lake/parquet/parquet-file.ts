import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { ATTACHMENT_FIELDS, type AttachmentField, type Column, LAKE_VERSION, withoutPersonal } from '#lake/columns.ts';
import { copyChunks, type ParquetParts } from '#lake/parquet/copied-chunks.ts';
import { pathsOf, schemaElements } from '#lake/parquet/schema-elements.ts';
import { ZSTD_COMPRESSOR } from '#lake/parquet/zstd.ts';

/** The version of the lake that a file was written by. */
const VERSION_KEY = 'lake.version';

/** Cells by column, of every column as many. What is kept of other files may be bytes where a text stands. */
export type ColumnCells = Readonly<Record<string, unknown[]>>;

/** A Parquet file that comes into being group by group, in memory. */
export class ParquetFile {
  readonly #columns: readonly Column[];
  readonly #parts: ParquetParts;

  /** @param metadata texts that the file carries besides its rows */
  constructor(columns: readonly Column[], metadata: Readonly<Record<string, string>> = {}) {
    this.#columns = columns;
    const isPseudonymous = columns.every(({ personal }) => personal !== true);
    const fields = isPseudonymous ? withoutPersonal<AttachmentField>(ATTACHMENT_FIELDS) : ATTACHMENT_FIELDS;
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({
      writer: bytes,
      schema: schemaElements(columns, fields),
      codec: 'ZSTD',
      compressors: ZSTD_COMPRESSOR,
      createdBy: 'Serverless LRS',
      kvMetadata: Object.entries({ [VERSION_KEY]: String(LAKE_VERSION), ...metadata }).map(([key, value]) => {
        return { key, value };
      }),
    });
    this.#parts = { bytes, writer };
  }

  /** @param rows how many there are in each column; more than none */
  addGroup(cells: ColumnCells, rows: number): void {
    const columnData = this.#columns.map(({ name, personal }) => {
      // The least and the greatest of texts of people help no reader to skip anything, and cost time.
      return { name, data: cells[name] ?? [], ...(personal === true && { statistics: false }) };
    });
    // Into memory it writes at once.
    void this.#parts.writer.write({ columnData, rowGroupSize: rows });
  }

  /** The same rows with fewer columns; what is added to one of them later, the other does not have. */
  project(columns: readonly Column[]): ParquetFile {
    const file = new ParquetFile(columns);
    const paths = new Set(pathsOf(file.#parts.writer.schema).map((path) => path.join('.')));
    copyChunks(this.#parts, file.#parts, (path) => paths.has(path.join('.')));
    return file;
  }

  /** The whole file. Nothing can be added any more. */
  finish(): Uint8Array {
    void this.#parts.writer.finish();
    return this.#parts.bytes.getBytes();
  }
}

/** Rows as cells by column. */
export function cellsOf(columns: readonly Column[], rows: readonly object[]): ColumnCells {
  const cells: Record<string, unknown[]> = {};
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a row has a member for every column
  const records = rows as readonly Readonly<Record<string, unknown>>[];
  for (const { name } of columns) cells[name] = records.map((row) => row[name]);
  return cells;
}
