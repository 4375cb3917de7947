import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { joinKey } from '#storage/dynamodb/key.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/sdk-errors.ts';
import type { PublishedKeys, PublishedKeysStore } from '#storage/signing-keys.ts';

const ITEM = keyAttributes({ pk: joinKey('*', 'signing-keys'), sk: 'published' });

/** Public signing keys in the Registry table, all in one item. */
export class DynamoDbPublishedKeys implements PublishedKeysStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  async published(): Promise<PublishedKeys | undefined> {
    const command = new GetItemCommand({ TableName: this.#table, Key: ITEM, ConsistentRead: true });
    const { Item: item } = await this.#client.send(command).catch(throwDomainError);
    if (item === undefined) return undefined;
    const keys: PublishedKeys = JSON.parse(textOf(item, 'value'));
    return keys;
  }

  async publish(keys: PublishedKeys): Promise<boolean> {
    const value = JSON.stringify(keys);
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: { ...ITEM, revision: { N: String(keys.revision) }, value: { S: value } },
      ...(keys.revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': { N: String(keys.revision - 1) } },
          }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await this.#client.send(command);
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
      // The SDK sends again what it got no answer to, and which may have been done.
      return error.Item?.['value']?.S === value;
    }
  }
}
