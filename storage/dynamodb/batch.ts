import { BatchGetItemCommand, BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { chunksOf, forEachBounded } from '#storage/bounded.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { sendUntilProcessed } from '#storage/aws/backoff.ts';
import { throwDomainError } from '#storage/dynamodb/sdk-errors.ts';

/** What one request may carry. */
const READS = 100;
const WRITES = 25;
const REQUESTS_IN_FLIGHT = 4;

/** Strongly consistent. @returns the items that exist, in no order. @param keys without repeats. */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly ItemKey[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const readChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [...chunk], ConsistentRead: true } } });
    const { Responses, UnprocessedKeys } = await client.send(command).catch(throwDomainError);
    items.push(...(Responses?.[table] ?? []));
    return UnprocessedKeys?.[table]?.Keys ?? [];
  };
  await forEachBounded(chunksOf(keys.map(keyAttributes), READS), REQUESTS_IN_FLIGHT, (chunk) =>
    sendUntilProcessed(chunk, readChunk),
  );
  return items;
}

/** Deletes items, present or not. @param keys without repeats. */
export async function deleteItems(client: DynamoDBClient, table: string, keys: readonly ItemKey[]): Promise<void> {
  const deleteChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const requests = chunk.map((key) => ({ DeleteRequest: { Key: key } }));
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: requests } });
    const { UnprocessedItems } = await client.send(command).catch(throwDomainError);
    return (UnprocessedItems?.[table] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key === undefined ? [] : [DeleteRequest.Key],
    );
  };
  await forEachBounded(chunksOf(keys.map(keyAttributes), WRITES), REQUESTS_IN_FLIGHT, (chunk) =>
    sendUntilProcessed(chunk, deleteChunk),
  );
}

/** Puts items, unconditionally and in no order. @param items with different keys. */
export async function putItems(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  const putChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const requests = chunk.map((item) => ({ PutRequest: { Item: item } }));
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: requests } });
    const { UnprocessedItems } = await client.send(command).catch(throwDomainError);
    return (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [PutRequest.Item],
    );
  };
  await forEachBounded(chunksOf(items, WRITES), REQUESTS_IN_FLIGHT, (chunk) => sendUntilProcessed(chunk, putChunk));
}
