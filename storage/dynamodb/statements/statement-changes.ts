import type { BlobStore } from '#storage/blob-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { decodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import { Journals } from '#storage/dynamodb/statements/journal.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import type { StatementChange, StatementChanges } from '#storage/statement-changes.ts';
import { beforeDeadline } from '#storage/write-horizon.ts';

export interface StatementChangesOptions {
  readonly client: DynamoDb;
  readonly tableName: string;
  readonly blobs: BlobStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class DynamoDbStatementChanges implements StatementChanges {
  readonly #journals: Journals;
  readonly #blobs: BlobStore;

  constructor({ client, tableName, blobs, now }: StatementChangesOptions) {
    this.#journals = new Journals(new StatementsTable(client, tableName), beforeDeadline(now));
    this.#blobs = blobs;
  }

  async isReal({ store, journal }: StatementChange): Promise<boolean> {
    if (journal === undefined) return true;
    // How many shards there are makes no difference to the key of a journal.
    return (await this.#journals.settle(new Keyspace(store, 1), journal)) === 'committed';
  }

  async textOf({ id, body }: StatementChange): Promise<string> {
    const bytes = body === undefined || 'inline' in body ? body?.inline : await this.#blobs.get(body.blob);
    if (bytes === undefined) throw new Error(`the body of statement ${id} is missing`);
    return decodeBody(bytes).text;
  }
}
