import type { CheckpointFile } from '#local/stream/checkpoint-file.ts';
import type { Progress } from '#local/stream/readable-shards.ts';

/** How far the shards of one stream have been worked off. */
export class StreamProgress {
  readonly #file: CheckpointFile;
  readonly #stream: string;
  #shards: Map<string, Progress>;
  #saved: Promise<void> = Promise.resolve();

  private constructor(file: CheckpointFile, stream: string, shards: Map<string, Progress>) {
    this.#file = file;
    this.#stream = stream;
    this.#shards = shards;
  }

  static async open(file: CheckpointFile, stream: string): Promise<StreamProgress> {
    return new StreamProgress(file, stream, await file.read(stream));
  }

  get shards(): ReadonlyMap<string, Progress> {
    return this.#shards;
  }

  /** Begins with a shard, unless that has been done already. */
  begin(shard: string): void {
    if (!this.#shards.has(shard)) this.#shards.set(shard, {});
  }

  /** @param after sequence number of the last record that is done */
  advance(shard: string, after: string): void {
    this.#shards.set(shard, { after });
  }

  end(shard: string): void {
    this.#shards.set(shard, { ended: true });
  }

  /** Forgets the shards that the stream has forgotten. */
  keepOnly(shards: ReadonlySet<string>): void {
    this.#shards = new Map([...this.#shards].filter(([shard]) => shards.has(shard)));
  }

  /** Durable when it resolves. */
  save(): Promise<void> {
    const before = this.#saved;
    const saved = (async () => {
      await before;
      await this.#file.write(this.#stream, this.#shards);
    })();
    this.#saved = saved.catch(() => {});
    return saved;
  }
}
