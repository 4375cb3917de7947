import { keptText } from '#local/kept-text.ts';
import type { Progress } from '#local/stream/readable-shards.ts';
import { writeWholeFile } from '#local/whole-file.ts';

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
    const text = (await keptText(this.#file)) ?? '{}';
    const checkpoint = parse(text);
    return new Map(checkpoint.stream === stream ? Object.entries(checkpoint.shards ?? {}) : []);
  }

  async write(stream: string, progress: ReadonlyMap<string, Progress>): Promise<void> {
    const checkpoint: Checkpoint = { stream, shards: Object.fromEntries(progress) };
    await writeWholeFile(this.#file, `${JSON.stringify(checkpoint, null, 2)}\n`);
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
