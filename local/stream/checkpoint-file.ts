import { readFile, rename, writeFile } from 'node:fs/promises';
import { unlessAbsent } from '#local/s3/file-errors.ts';
import type { Progress } from '#local/stream/readable-shards.ts';

interface Checkpoint {
  /** Of the stream; a table that is made again has another. */
  readonly stream: string;
  readonly shards: Readonly<Record<string, Progress>>;
}

/** How far a stream has been worked off, in a file that is whole at every moment. */
export class CheckpointFile {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns nothing for a stream that the file does not know */
  async read(stream: string): Promise<Map<string, Progress>> {
    const text = (await unlessAbsent(readFile(this.#file, 'utf8'))) ?? '{}';
    const checkpoint = parse(text);
    return new Map(checkpoint.stream === stream ? Object.entries(checkpoint.shards ?? {}) : []);
  }

  async write(stream: string, progress: ReadonlyMap<string, Progress>): Promise<void> {
    const checkpoint: Checkpoint = { stream, shards: Object.fromEntries(progress) };
    const whole = `${this.#file}.new`;
    await writeFile(whole, `${JSON.stringify(checkpoint, null, 2)}\n`, { flush: true });
    await rename(whole, this.#file);
  }
}

/** A file that somebody has spoilt says nothing, and everything that the stream still has is worked off again. */
function parse(text: string): Partial<Checkpoint> {
  try {
    const checkpoint: Partial<Checkpoint> = JSON.parse(text);
    return checkpoint;
  } catch {
    return {};
  }
}
