import type { Delete, Put } from '@aws-sdk/client-dynamodb';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';

/** One put or one delete, as in a transaction. */
export type Write = { readonly Put: Put } | { readonly Delete: Delete };

export interface WriteOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal | undefined;
  /** The name of an attribute. An item that has it is returned when it is replaced or deleted. */
  readonly oldWith?: string | undefined;
}

/** Carries out writes, conditional or not, each by itself. */
export interface Writes {
  /**
   * @returns the item that was replaced or deleted, if it had the attribute `oldWith`; if it had not, perhaps.
   * @throws ConditionalCheckFailedException with the item as it stood, where the write asks for it.
   */
  write(write: Write, options?: WriteOptions): Promise<Item | undefined>;
}

/** Carries out each with a call of its own. */
export class SingleWrites implements Writes {
  readonly #client: DynamoDb;

  constructor(client: DynamoDb) {
    this.#client = client;
  }

  async write(write: Write, { signal, oldWith }: WriteOptions = {}): Promise<Item | undefined> {
    const returned = oldWith === undefined ? {} : ({ ReturnValues: 'ALL_OLD' } as const);
    const { Attributes } =
      'Put' in write
        ? await this.#client.call('PutItem', { ...write.Put, ...returned }, { signal })
        : await this.#client.call('DeleteItem', { ...write.Delete, ...returned }, { signal });
    return Attributes;
  }
}
