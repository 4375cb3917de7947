import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';

/** Where the Registry is. */
export interface RegistryPlace {
  readonly client: DynamoDb;
  readonly tableName: string;
}

/** Strongly consistent. */
export async function readItem({ client, tableName }: RegistryPlace, key: ItemKey): Promise<Item | undefined> {
  // No item has an empty key, and DynamoDB refuses to look for one.
  if (key.sk === '') return undefined;
  const { Item: item } = await client
    .call('GetItem', { TableName: tableName, Key: keyAttributes(key), ConsistentRead: true })
    .catch(throwDomainError);
  return item;
}
