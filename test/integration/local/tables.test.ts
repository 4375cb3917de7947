import {
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type TimeToLiveDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTables } from '#local/tables.ts';
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

  it('begin to when they are there from before', async () => {
    const { sdk, names } = tables;
    const off = { AttributeName: 'ttl', Enabled: false };
    await sdk.send(new UpdateTimeToLiveCommand({ TableName: names.registry, TimeToLiveSpecification: off }));
    await createTables(sdk, names);
    expect(await timeToLiveOf(sdk, names.registry)).toMatchObject({ TimeToLiveStatus: 'ENABLED' });
  });
});
