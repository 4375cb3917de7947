import { chunksOf, forEachBounded } from '#storage/bounded.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { sendUntilProcessed } from '#storage/aws/backoff.ts';
import { throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';

/** What one request may carry. */
const READS = 100;
const WRITES = 25;
const REQUESTS_IN_FLIGHT = 4;

/**
 * Strongly consistent.
 *
 * @param keys without repeats.
 * @param names of the attributes that are wanted, none of them a reserved word; else all are given
 * @returns the items that exist, in no order.
 */
export async function readItems(
  client: DynamoDb,
  table: string,
  keys: readonly ItemKey[],
  names?: readonly string[],
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const wanted = { ConsistentRead: true, ...(names !== undefined && { ProjectionExpression: names.join(', ') }) };
  const readChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const { Responses, UnprocessedKeys } = await client
      .call('BatchGetItem', { RequestItems: { [table]: { Keys: [...chunk], ...wanted } } })
      .catch(throwDomainError);
    items.push(...(Responses?.[table] ?? []));
    return UnprocessedKeys?.[table]?.Keys ?? [];
  };
  await forEachBounded(chunksOf(keys.map(keyAttributes), READS), REQUESTS_IN_FLIGHT, (chunk) =>
    sendUntilProcessed(chunk, readChunk),
  );
  return items;
}

/** Deletes items, present or not. @param keys without repeats. */
export async function deleteItems(client: DynamoDb, table: string, keys: readonly ItemKey[]): Promise<void> {
  const deleteChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const requests = chunk.map((key) => ({ DeleteRequest: { Key: key } }));
    const { UnprocessedItems } = await client
      .call('BatchWriteItem', { RequestItems: { [table]: requests } })
      .catch(throwDomainError);
    return (UnprocessedItems?.[table] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key === undefined ? [] : [DeleteRequest.Key],
    );
  };
  await forEachBounded(chunksOf(keys.map(keyAttributes), WRITES), REQUESTS_IN_FLIGHT, (chunk) =>
    sendUntilProcessed(chunk, deleteChunk),
  );
}

/** Puts items, unconditionally and in no order. @param items with different keys. */
export async function putItems(client: DynamoDb, table: string, items: readonly Item[]): Promise<void> {
  const putChunk = async (chunk: readonly Item[]): Promise<readonly Item[]> => {
    const requests = chunk.map((item) => ({ PutRequest: { Item: item } }));
    const { UnprocessedItems } = await client
      .call('BatchWriteItem', { RequestItems: { [table]: requests } })
      .catch(throwDomainError);
    return (UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [PutRequest.Item],
    );
  };
  await forEachBounded(chunksOf(items, WRITES), REQUESTS_IN_FLIGHT, (chunk) => sendUntilProcessed(chunk, putChunk));
}
