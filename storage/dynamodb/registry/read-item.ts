import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { throwDomainError } from '#storage/dynamodb/sdk-errors.ts';

/** Where the Registry is. */
export interface RegistryPlace {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** Strongly consistent. */
export async function readItem({ client, tableName }: RegistryPlace, key: ItemKey): Promise<Item | undefined> {
  // No item has an empty key, and DynamoDB refuses to look for one.
  if (key.sk === '') return undefined;
  const command = new GetItemCommand({ TableName: tableName, Key: keyAttributes(key), ConsistentRead: true });
  const { Item: item } = await client.send(command).catch(throwDomainError);
  return item;
}
