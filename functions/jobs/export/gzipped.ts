import { once } from 'node:events';
import { createGzip } from 'node:zlib';

/** A text that is compressed while it grows, beside what else this process does. */
export class GzippedText {
  readonly #gzip = createGzip();
  readonly #chunks: Buffer[] = [];
  readonly #ended: Promise<unknown>;

  constructor() {
    this.#gzip.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#ended = once(this.#gzip, 'end');
  }

  async add(text: string): Promise<void> {
    if (text !== '' && !this.#gzip.write(text)) await once(this.#gzip, 'drain');
  }

  async end(): Promise<Uint8Array> {
    this.#gzip.end();
    await this.#ended;
    return Buffer.concat(this.#chunks);
  }
}
