import type { Put } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';

/** A put that a single call can do, and a transaction as well. */
export type ConditionalPut = Put;

/** Carries out puts, each by itself. */
export interface Puts {
  /** @throws ConditionalCheckFailedException with the item as it stood. */
  put(put: ConditionalPut, signal: AbortSignal): Promise<void>;
}

/** A call for each. */
export class SinglePuts implements Puts {
  readonly #client: DynamoDb;

  constructor(client: DynamoDb) {
    this.#client = client;
  }

  async put(put: ConditionalPut, signal: AbortSignal): Promise<void> {
    await this.#client.call('PutItem', put, { signal });
  }
}
