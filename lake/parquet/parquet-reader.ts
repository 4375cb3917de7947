import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetScan } from 'hyparquet';
import { ZSTD_DECOMPRESSOR } from '#lake/parquet/zstd.ts';

/** Bytes at the end of a file that are read for its footer; larger footers take a second read. */
const FOOTER = 64 * 1024;

/** A text may begin with U+FEFF, which is not a mark of the encoding here. */
const TEXT = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file in memory or elsewhere. */
export type ParquetSource = AsyncBuffer;

/** Reads columns of a Parquet file that this LRS has written: times as microseconds, texts as texts. */
export class ParquetReader {
  readonly #source: ParquetSource;
  readonly #footer: FileMetaData;

  private constructor(source: ParquetSource, footer: FileMetaData) {
    this.#source = source;
    this.#footer = footer;
  }

  static async open(source: ParquetSource): Promise<ParquetReader> {
    const footer = await parquetMetadataAsync(source, { initialFetchSize: Math.min(FOOTER, source.byteLength) });
    return new ParquetReader(source, footer);
  }

  get rows(): number {
    return Number(this.#footer.num_rows);
  }

  /** What the file carries besides its rows. */
  metadata(key: string): string | undefined {
    return this.#footer.key_value_metadata?.find((pair) => pair.key === key)?.value;
  }

  /** Names of its columns; a file of an older version has fewer. */
  get columns(): readonly string[] {
    const [root, ...elements] = this.#footer.schema;
    const names: string[] = [];
    for (let index = 0; names.length < (root?.num_children ?? 0);) {
      names.push(elements[index]?.name ?? '');
      index += 1 + descendants(elements, index);
    }
    return names;
  }

  /**
   * All cells of a column, in the order of the rows; null in every row where the file has no such column.
   *
   * @param options `bytes`: texts stay bytes, for what is only carried on
   */
  async column(name: string, options: { readonly bytes?: true } = {}): Promise<readonly unknown[]> {
    if (this.rows === 0) return [];
    if (!this.columns.includes(name)) return Array<null>(this.rows).fill(null);
    const scan = await parquetScan({
      file: this.#source,
      metadata: this.#footer,
      columns: [name],
      compressors: ZSTD_DECOMPRESSOR,
      parsers: {
        timestampFromMicroseconds: (microseconds) => microseconds,
        stringFromBytes: options.bytes === true ? (bytes) => bytes : textFromBytes,
      },
    });
    const cells = Array<unknown>(this.rows);
    let index = 0;
    for (const range of scan.ranges) {
      const part: ArrayLike<unknown> = await scan.readColumn({ column: name, ...range });
      for (let place = 0; place < part.length; place += 1, index += 1) cells[index] = part[place] ?? null;
    }
    return cells;
  }
}

/** @param bytes undefined for null */
function textFromBytes(bytes: Uint8Array | undefined): string | undefined {
  return bytes && TEXT.decode(bytes);
}

function descendants(elements: FileMetaData['schema'], index: number): number {
  let count = 0;
  for (let child = 0; child < (elements[index]?.num_children ?? 0); child += 1) {
    count += 1 + descendants(elements, index + 1 + count);
  }
  return count;
}

/** A whole file in memory. */
export function inMemory(bytes: Uint8Array): ParquetSource {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    byteLength,
    slice: (start, end) => bufferSlice(buffer, byteOffset + start, byteOffset + (end ?? byteLength)),
  };
}

function bufferSlice(buffer: ArrayBufferLike, start: number, end: number): ArrayBuffer {
  const copy = new ArrayBuffer(end - start);
  new Uint8Array(copy).set(new Uint8Array(buffer, start, end - start));
  return copy;
}
