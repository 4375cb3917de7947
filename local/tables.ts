import {
  type CreateTableCommandInput,
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { TABLES } from '#storage/dynamodb/tables.ts';
import type { TableDefinition } from '#storage/dynamodb/tables.ts';

/** What each table is called in this installation. */
export type TableNames = Readonly<Record<keyof typeof TABLES, string>>;

/** Seconds. */
const CREATION_LIMIT = 60;

/** Creates the tables that are not there yet, with their indexes and streams, and waits until they can be used. */
export async function createTables(client: DynamoDBClient, names: TableNames): Promise<void> {
  await Promise.all([
    createTable(client, names.statements, TABLES.statements),
    createTable(client, names.documents, TABLES.documents),
    createTable(client, names.registry, TABLES.registry),
  ]);
}

async function createTable(client: DynamoDBClient, name: string, definition: TableDefinition): Promise<void> {
  try {
    await client.send(new CreateTableCommand(tableInput(name, definition)));
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: CREATION_LIMIT, minDelay: 1, maxDelay: 1 }, { TableName: name });
}

/** The request that creates a table of this definition. */
function tableInput(name: string, definition: TableDefinition): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes, stream } = definition;
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]);
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Array.from(keys, (key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: keySchema(partitionKey, sortKey),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partitionKey, index.sortKey),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...index.include] },
      })),
    }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  };
}

function keySchema(partitionKey: string, sortKey: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}
