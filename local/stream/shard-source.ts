import type { GivenRecord, ShardPosition, Streams } from '#local/stream/streams.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';

/** Records: the most that are given at once. */
const PAGE = 1_000;

export interface Page {
  readonly records: readonly GivenRecord[];
  /** Whether the shard is over, so that nothing will come any more. */
  readonly ended: boolean;
}

export interface ShardSourceOptions {
  readonly streams: Streams;
  readonly stream: string;
  readonly shard: string;
  /** Sequence number of the record to begin behind; undefined: at the oldest that there is. */
  readonly after: string | undefined;
  /** Breaks off what is asked for. */
  readonly signal: AbortSignal;
}

/** Reads the records of a shard, in order. */
export class ShardSource {
  readonly #options: ShardSourceOptions;
  #after: string | undefined;
  #iterator: string | undefined;

  constructor(options: ShardSourceOptions) {
    this.#options = options;
    this.#after = options.after;
  }

  /** What comes next; after an error the same again. */
  async read(): Promise<Page> {
    try {
      this.#iterator ??= await this.#openIterator();
      const { streams, signal } = this.#options;
      const input = { ShardIterator: this.#iterator, Limit: PAGE };
      const { Records: records = [], NextShardIterator: next } = await streams.call('GetRecords', input, signal);
      this.#iterator = next ?? undefined;
      this.#after = records.at(-1)?.dynamodb?.SequenceNumber ?? this.#after;
      return { records, ended: this.#iterator === undefined };
    } catch (error) {
      this.#iterator = undefined;
      return this.#instead(error);
    }
  }

  /** An iterator is good for 15 minutes, a record and an empty shard for 24 hours. */
  #instead(error: unknown): Page {
    const { shard } = this.#options;
    const refusal = error instanceof DynamoDbError ? error.name : undefined;
    if (refusal === 'ExpiredIteratorException') return { records: [], ended: false };
    if (refusal === 'ResourceNotFoundException') {
      console.error(`Stream: the shard ${shard} is gone.`);
      return { records: [], ended: true };
    }
    if (refusal !== 'TrimmedDataAccessException' || this.#after === undefined) throw error;
    console.error(`Stream: the records behind ${this.#after} of the shard ${shard} are gone; the oldest come next.`);
    this.#after = undefined;
    return { records: [], ended: false };
  }

  async #openIterator(): Promise<string> {
    const { streams, stream: StreamArn, shard: ShardId, signal } = this.#options;
    const from: ShardPosition =
      this.#after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.#after };
    const { ShardIterator: iterator } = await streams.call('GetShardIterator', { StreamArn, ShardId, ...from }, signal);
    if (iterator === undefined) throw new Error(`There is no iterator for the shard ${ShardId}.`);
    return iterator;
  }
}
