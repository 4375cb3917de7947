import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { textOf } from '#storage/dynamodb/attributes.ts';
import { readItem, type RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { SIGNING_KEYS } from '#storage/dynamodb/registry/registry-keys.ts';
import type { PublishedKeys, PublishedKeysSource } from '#storage/signing-keys.ts';

/** Public signing keys in the Registry table, all in one item. */
export class DynamoDbPublishedKeys implements PublishedKeysSource {
  readonly #place: RegistryPlace;

  constructor(client: DynamoDb, tableName: string) {
    this.#place = { client, tableName };
  }

  async published(): Promise<PublishedKeys | undefined> {
    const item = await readItem(this.#place, SIGNING_KEYS);
    if (item === undefined) return undefined;
    const keys: PublishedKeys = JSON.parse(textOf(item, 'value'));
    return keys;
  }
}
