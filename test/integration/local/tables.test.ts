import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type TimeToLiveDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { startHiddenServer } from '#local/hidden-server.ts';
import { createTables, tablesClient } from '#local/tables.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';

let tables: FreshTables;

beforeAll(async () => {
  tables = await freshTables();
});

async function timeToLiveOf(client: DynamoDBClient, table: string): Promise<TimeToLiveDescription | undefined> {
  return (await client.send(new DescribeTimeToLiveCommand({ TableName: table }))).TimeToLiveDescription;
}

describe('the tables of the laptop', () => {
  it('let items go by the attribute of their definition', async () => {
    const { sdk, names } = tables;
    for (const key of ['statements', 'documents', 'registry'] as const) {
      const { timeToLive } = TABLES[key];
      expect(await timeToLiveOf(sdk, names[key])).toMatchObject(
        timeToLive === undefined
          ? { TimeToLiveStatus: 'DISABLED' }
          : { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive },
      );
    }
  });

  it('have the indexes of their definition, with what was stored before', async () => {
    const { sdk } = tables;
    const TableName = tables.names.statements;
    const described = async () => (await sdk.send(new DescribeTableCommand({ TableName }))).Table;
    const before = await described();
    for (const IndexName of ['verb', 'registration']) {
      await sdk.send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }));
    }
    const item = {
      pk: { S: 'default|s|1' },
      sk: { S: 's' },
      p: { S: '1' },
      b: { S: 'body' },
      xv: { S: 'default|v|0' },
    };
    await sdk.send(new PutItemCommand({ TableName, Item: item }));
    await createTables(sdk, tables.names);
    const indexesOf = (table: typeof before) =>
      table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })).sort((one, other) => String(one.IndexName).localeCompare(String(other.IndexName)));
    expect(indexesOf(await described())).toEqual(indexesOf(before));
    const found = await sdk.send(
      new QueryCommand({
        TableName,
        IndexName: 'verb',
        KeyConditionExpression: 'xv = :verb',
        ExpressionAttributeValues: { ':verb': item.xv },
      }),
    );
    expect(found.Items).toEqual([item]);
  });

  it('wait for an index that takes long to be filled, and ask for it once', async () => {
    let requests = 0;
    const server = await startHiddenServer((message, response) => {
      requests += 1;
      message.resume();
      setTimeout(() => response.end('{}'), SERVICE_TIMEOUTS.requestTimeout + 300);
    });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = tablesClient({ region: 'eu-central-1', endpoint: server.endpoint, credentials });
    await client.send(new UpdateTableCommand({ TableName: 'statements' }));
    client.destroy();
    await server.stop();
    expect(requests).toBe(1);
  });

  it('begin to let items go when they are there from before', async () => {
    const { sdk, names } = tables;
    const off = { AttributeName: 'ttl', Enabled: false };
    await sdk.send(new UpdateTimeToLiveCommand({ TableName: names.registry, TimeToLiveSpecification: off }));
    await createTables(sdk, names);
    expect(await timeToLiveOf(sdk, names.registry)).toMatchObject({ TimeToLiveStatus: 'ENABLED' });
  });
});
