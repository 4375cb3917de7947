import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Agent } from '#xapi/statement/statement.ts';
import { type Credential, type CredentialStore, type Scope, SCOPES } from '#storage/credential-store.ts';
import { anyText, anyTextOf, type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { joinKey } from '#storage/dynamodb/key.ts';
import { throwDomainError } from '#storage/dynamodb/sdk-errors.ts';

/** In the place of a store: who sends a key does not say to which store it belongs. */
const ALL_STORES = '*';

/** Credentials in the Registry table, found by their key whatever store they are for. */
export class DynamoDbCredentialStore implements CredentialStore {
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

function itemOf(credential: Credential): Item {
  return {
    ...keyAttributes(itemKeyOf(credential.key)),
    key: anyText(credential.key),
    store: { S: credential.store },
    scopes: { L: credential.scopes.map((scope) => ({ S: scope })) },
    authority: { S: JSON.stringify(credential.authority) },
    label: anyText(credential.label),
    salt: { S: credential.salt },
    secretHash: { S: credential.secretHash },
    linkSecret: { S: credential.linkSecret },
  };
}

function credentialOf(item: Item): Credential {
  const authority: Agent = JSON.parse(textOf(item, 'authority'));
  return {
    key: anyTextOf(item, 'key'),
    store: textOf(item, 'store'),
    scopes: (item['scopes']?.L ?? []).flatMap(({ S }) => (isScope(S) ? [S] : [])),
    authority,
    label: anyTextOf(item, 'label'),
    salt: textOf(item, 'salt'),
    secretHash: textOf(item, 'secretHash'),
    linkSecret: textOf(item, 'linkSecret'),
  };
}

function isScope(text: string | undefined): text is Scope {
  return SCOPES.some((scope) => scope === text);
}
