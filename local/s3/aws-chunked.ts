import { S3Error } from '#local/s3/s3-error.ts';

const LINE_END = '\r\n';

export type Trailers = ReadonlyMap<string, string>;

/**
 * Takes the content out of a body in the encoding `aws-chunked`: chunks of `size in hex;extensions CRLF bytes CRLF`, an
 * empty chunk, and trailing headers. Signatures of chunks are not looked at.
 *
 * @yields the content.
 * @returns the trailing headers, names in lower case.
 * @throws S3Error `IncompleteBody` when the body ends early or is not in this encoding.
 */
export async function* decodeAwsChunked(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, Trailers> {
  const reader = new ByteReader(body);
  for (;;) {
    let left = chunkSize(await reader.line());
    if (left === 0) return readTrailers(reader);
    while (left > 0) {
      const bytes = await reader.some(left);
      left -= bytes.length;
      yield bytes;
    }
    if ((await reader.line()) !== '') throw incomplete();
  }
}

function chunkSize(line: string): number {
  const size = /^([0-9a-f]{1,8})(?:;|$)/iu.exec(line)?.[1];
  if (size === undefined) throw incomplete();
  return Number.parseInt(size, 16);
}

async function readTrailers(reader: ByteReader): Promise<Trailers> {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return trailers;
}

class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Up to and without the next line end. */
  async line(): Promise<string> {
    let end = this.#buffer.indexOf(LINE_END);
    while (end === -1) {
      await this.#read();
      end = this.#buffer.indexOf(LINE_END);
    }
    const line = this.#buffer.toString('latin1', 0, end);
    this.#buffer = this.#buffer.subarray(end + LINE_END.length);
    return line;
  }

  /** At least one byte and at most `limit`. */
  async some(limit: number): Promise<Buffer> {
    if (this.#buffer.length === 0) await this.#read();
    const bytes = this.#buffer.subarray(0, limit);
    this.#buffer = this.#buffer.subarray(limit);
    return bytes;
  }

  async #read(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw incomplete();
    this.#buffer = Buffer.concat([this.#buffer, next.value]);
  }
}

function incomplete(): S3Error {
  return new S3Error('IncompleteBody', 'The body ended early or is not in the encoding aws-chunked.');
}
