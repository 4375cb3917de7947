import type { Part } from '#functions/jobs/export/part.ts';
import { GzippedText } from '#functions/jobs/export/gzipped.ts';

/** A statement a line, in gzip. */
export class JsonLinesPart implements Part {
  readonly #lines = new GzippedText();
  bytes = 0;
  statements = 0;

  async add(_: unknown, texts: readonly string[]): Promise<void> {
    const lines = texts.map((text) => `${text}\n`).join('');
    this.bytes += Buffer.byteLength(lines);
    this.statements += texts.length;
    await this.#lines.add(lines);
  }

  end(): Promise<Uint8Array> {
    return this.#lines.end();
  }
}
