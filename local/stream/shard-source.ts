import {
  type _Record,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

/** Records: the most that are given at once. */
const PAGE = 1_000;

export interface Page {
  readonly records: readonly _Record[];
  /** Whether the shard is over, so that nothing will come any more. */
  readonly ended: boolean;
}

export interface ShardSourceOptions {
  readonly client: DynamoDBStreamsClient;
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
      const { client, signal: abortSignal } = this.#options;
      const command = new GetRecordsCommand({ ShardIterator: this.#iterator, Limit: PAGE });
      const { Records: records = [], NextShardIterator: next } = await client.send(command, { abortSignal });
      this.#iterator = next;
      this.#after = records.at(-1)?.dynamodb?.SequenceNumber ?? this.#after;
      return { records, ended: next === undefined };
    } catch (error) {
      this.#iterator = undefined;
      return this.#instead(error);
    }
  }

  /** An iterator is good for 15 minutes, a record and an empty shard for 24 hours. */
  #instead(error: unknown): Page {
    const { shard } = this.#options;
    if (error instanceof ExpiredIteratorException) return { records: [], ended: false };
    if (error instanceof ResourceNotFoundException) {
      console.error(`Stream: the shard ${shard} is gone.`);
      return { records: [], ended: true };
    }
    if (!(error instanceof TrimmedDataAccessException) || this.#after === undefined) throw error;
    console.error(`Stream: the records behind ${this.#after} of the shard ${shard} are gone; the oldest come next.`);
    this.#after = undefined;
    return { records: [], ended: false };
  }

  async #openIterator(): Promise<string> {
    const { client, stream: StreamArn, shard: ShardId, signal: abortSignal } = this.#options;
    const from =
      this.#after === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: this.#after } as const);
    const command = new GetShardIteratorCommand({ StreamArn, ShardId, ...from });
    const { ShardIterator: iterator } = await client.send(command, { abortSignal });
    if (iterator === undefined) throw new Error(`There is no iterator for the shard ${ShardId}.`);
    return iterator;
  }
}
