import {
  type AttributeDefinition,
  type CreateTableCommandInput,
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  type GlobalSecondaryIndex,
  type KeySchemaElement,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { TABLES } from '#storage/dynamodb/tables.ts';
import type { IndexDefinition, TableDefinition } from '#storage/dynamodb/tables.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';

/** What each table is called in this installation. */
export type TableNames = Readonly<Record<keyof typeof TABLES, string>>;

/** Seconds. */
const CREATION_LIMIT = 60;
/** Milliseconds that the engine may take to fill an index: a million items take it some seconds. */
const FILLING_LIMIT = 600_000;

/** A client for `createTables`, which waits longer than those for items do. */
export function tablesClient(place: Pick<DynamoDBClientConfig, 'region' | 'endpoint' | 'credentials'>): DynamoDBClient {
  const timeouts = { ...SERVICE_TIMEOUTS, requestTimeout: FILLING_LIMIT, socketTimeout: FILLING_LIMIT };
  return new DynamoDBClient({ ...place, requestHandler: timeouts });
}

/**
 * Creates the tables that are not there yet, as they are defined, and waits until they can be used. Those that are there from
 * a version before get the indexes that they lack.
 */
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
    await waitUntilTableExists({ client, maxWaitTime: CREATION_LIMIT, minDelay: 1, maxDelay: 1 }, { TableName: name });
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await addIndexes(client, name, definition);
  }
  if (definition.timeToLive !== undefined) await letItemsGo(client, name, definition.timeToLive);
}

/** One after the other, as DynamoDB demands. The engine fills an index from the table before it answers. */
async function addIndexes(client: DynamoDBClient, name: string, definition: TableDefinition): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  const there = new Set(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of definition.indexes.filter((one) => !there.has(one.name))) {
    const GlobalSecondaryIndexUpdates = [{ Create: indexInput(index) }];
    const AttributeDefinitions = keyAttributesOf(definition, [index]);
    await client.send(new UpdateTableCommand({ TableName: name, AttributeDefinitions, GlobalSecondaryIndexUpdates }));
  }
}

/** Unless it is so already: DynamoDB refuses to be told twice. */
async function letItemsGo(client: DynamoDBClient, name: string, attribute: string): Promise<void> {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.TimeToLiveStatus?.startsWith('ENABL') === true) return;
  const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
}

/** The request that creates a table of this definition. */
function tableInput(name: string, definition: TableDefinition): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes, stream } = definition;
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyAttributesOf(definition, indexes),
    KeySchema: keySchema(partitionKey, sortKey),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes.map(indexInput) }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  };
}

function keyAttributesOf(
  { partitionKey, sortKey }: TableDefinition,
  indexes: readonly IndexDefinition[],
): AttributeDefinition[] {
  const keys = new Set([partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]);
  return Array.from(keys, (key) => ({ AttributeName: key, AttributeType: 'S' }));
}

function indexInput({ name, partitionKey, sortKey, include }: IndexDefinition): GlobalSecondaryIndex {
  return {
    IndexName: name,
    KeySchema: keySchema(partitionKey, sortKey),
    Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...include] },
  };
}

function keySchema(partitionKey: string, sortKey: string): KeySchemaElement[] {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' },
    { AttributeName: sortKey, KeyType: 'RANGE' },
  ];
}
