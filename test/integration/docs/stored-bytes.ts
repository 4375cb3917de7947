import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '#storage/dynamodb/tables.ts';

/** Bytes that DynamoDB bills as stored, by the rules of its developer guide. */
export interface StoredBytes {
  readonly table: number;
  readonly indexes: number;
}

/** Added to every item and to every index row. */
const OVERHEAD = 100;

export async function storedBytes(client: DynamoDBClient, name: string, table: TableDefinition): Promise<StoredBytes> {
  const bytes = { table: 0, indexes: 0 };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: name, ConsistentRead: true })) {
    for (const item of Items) {
      bytes.table += OVERHEAD + sizeOf(item, Object.keys(item));
      for (const { partitionKey, sortKey, include } of table.indexes) {
        if (!(partitionKey in item && sortKey in item)) continue;
        bytes.indexes += OVERHEAD + sizeOf(item, ['pk', 'sk', partitionKey, sortKey, ...include]);
      }
    }
  }
  return bytes;
}

function sizeOf(item: Readonly<Record<string, AttributeValue>>, names: readonly string[]): number {
  return names.reduce((sum, name) => {
    const value = item[name];
    return value === undefined ? sum : sum + name.length + valueSize(value);
  }, 0);
}

/** Of the types that items here have. A number takes a byte for two digits and one more. */
function valueSize({ S, B, N, BOOL }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return B.byteLength;
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (BOOL !== undefined) return 1;
  throw new Error('There is a type of attribute whose size is not known here.');
}
