import type { Put } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';

/** Carries out conditional puts, each by itself. */
export interface Puts {
  /** @throws ConditionalCheckFailedException with the item as it stood. */
  put(put: Put, signal: AbortSignal): Promise<void>;
}

/** Carries out each with a call of its own. */
export class SinglePuts implements Puts {
  readonly #client: DynamoDb;

  constructor(client: DynamoDb) {
    this.#client = client;
  }

  async put(put: Put, signal: AbortSignal): Promise<void> {
    await this.#client.call('PutItem', put, { signal });
  }
}
