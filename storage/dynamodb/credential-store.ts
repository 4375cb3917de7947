import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Credential } from '#access/credential.ts';
import type { CredentialRegistry } from '#storage/credential-store.ts';
import { type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { joinKey } from '#storage/dynamodb/key.ts';
import { throwDomainError } from '#storage/dynamodb/sdk-errors.ts';

/** In the place of a store: who sends a key does not say to which store it belongs. */
const ALL_STORES = '*';

/** Credentials in the Registry table, found by their key whatever store they are for. */
export class DynamoDbCredentialStore implements CredentialRegistry {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  async get(key: string): Promise<Credential | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: keyAttributes(itemKeyOf(key)),
      ConsistentRead: true,
    });
    const { Item: item } = await this.#client.send(command).catch(throwDomainError);
    return item && credentialOf(item);
  }

  async put(credential: Credential): Promise<void> {
    const command = new PutItemCommand({ TableName: this.#table, Item: itemOf(credential) });
    await this.#client.send(command).catch(throwDomainError);
  }
}

function itemKeyOf(key: string): ItemKey {
  return { pk: joinKey(ALL_STORES, 'credential', key), sk: 'credential' };
}

/** What an item of the Registry holds is read by this software only: one attribute with all of it. */
function itemOf(credential: Credential): Item {
  return { ...keyAttributes(itemKeyOf(credential.key)), value: { S: JSON.stringify(credential) } };
}

function credentialOf(item: Item): Credential {
  const credential: Credential = JSON.parse(textOf(item, 'value'));
  return credential;
}
