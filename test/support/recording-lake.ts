import { randomBytes, randomUUID } from 'node:crypto';
import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { DEFAULT_STORE } from '#access/store.ts';
import { LAKE_TABLES } from '#lake/columns.ts';
import { type DayPartition, manifestKey } from '#lake/files/layout.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { lakeWriterOn, partitionOf, StoredStatements } from '#test/support/lake.ts';
import type { Call } from '#test/support/recording-calls.ts';
import type { Installation, RecordedFunction, Scenario } from '#test/support/recording-function.ts';
import { aDraft } from '#test/support/statement-drafts.ts';
import { type ItemRecord, recordOf, recordsOf } from '#test/support/stream-records.ts';

const TODAY = (): DayPartition => ({ store: DEFAULT_STORE, day: new Date().toISOString().slice(0, 10) });

/** Past every recorder. */
function lakeOf({ exports }: Installation): S3ObjectStore {
  return new S3ObjectStore(exports.bucket, exports.name);
}

/** Past every recorder, in the store in which everything is. */
export function statementsOf({ tables, blobs }: Installation, now = Date.now): DynamoDbStatementStore {
  return new DynamoDbStatementStore({
    client: tables.client,
    tableName: tables.names.statements,
    blobs,
    horizon: new InProcessHorizon(new PositionSource(now, writerFrom(Math.random)), now),
    now,
    commitBound: 10_000,
    shards: 1,
  });
}

async function deliver({ invoke }: RecordedFunction, records: readonly ItemRecord[]): Promise<void> {
  expect(JSON.parse(await invoke({ Records: records }))).toEqual({ batchItemFailures: [] });
}

export function isCommit({ action, resource }: Call): boolean {
  return action === 's3:PutObject' && /\/current\/statements\/.*\/manifest$/u.test(resource);
}

async function currentFiles(installation: Installation, partition: DayPartition): Promise<readonly string[]> {
  const manifest = await lakeOf(installation).get(manifestKey(LAKE_TABLES.statements, partition));
  return Buffer.from(manifest?.content ?? '')
    .toString()
    .trim()
    .split('\n');
}

/** A statement, one whose body is an object, an array that has a journal, and all of them told of again. */
export const written: Scenario = async (recorded, installation) => {
  const store = statementsOf(installation);
  const large = randomBytes(400_000).toString('base64');
  await store.store(DEFAULT_STORE, [aDraft(randomUUID())]);
  await store.store(DEFAULT_STORE, [
    aDraft(randomUUID(), { result: { extensions: { 'http://example.com/large': large } } }),
  ]);
  await store.store(
    DEFAULT_STORE,
    Array.from({ length: 120 }, () => aDraft(randomUUID())),
  );
  const { sdk, names } = installation.tables;
  const records = await recordsOf(sdk, names.statements);
  await deliver(recorded, records);
  const files = await currentFiles(installation, TODAY());
  await recorded.restart();
  await deliver(recorded, records);
  expect(await currentFiles(installation, TODAY())).toEqual(files);
};

/** What was voided, and an array that its writer left in the middle. */
export const changed: Scenario = async (recorded, installation) => {
  const { sdk, names } = installation.tables;
  const item = { ...itemOf(), b: { B: Buffer.from('unread') } };
  await deliver(recorded, [recordOf(1, { before: item, after: { ...item, vb: { S: randomUUID() } } })]);
  const journal = `${item.p.S}.0`;
  const open = {
    pk: { S: `${DEFAULT_STORE}|j|${journal}` },
    sk: { S: 'j' },
    jstate: { S: 'open' },
    deadline: { N: '0' },
  };
  await sdk.send(new PutItemCommand({ TableName: names.statements, Item: open }));
  await deliver(recorded, [recordOf(2, { after: { ...item, j: { S: journal } } })]);
};

function itemOf() {
  const { id, position } = new StoredStatements().make();
  return {
    pk: { S: `${DEFAULT_STORE}|s|${id}` },
    sk: { S: 's' },
    p: { S: position },
  } satisfies Record<string, AttributeValue>;
}

/** Another writer is faster. */
export const outrun: Scenario = async (recorded, installation) => {
  const store = statementsOf(installation);
  await store.store(DEFAULT_STORE, [aDraft(randomUUID())]);
  const records = await recordsOf(installation.tables.sdk, installation.tables.names.statements);
  recorded.recorder.meanwhile(isCommit, () => addToLake(installation));
  await deliver(recorded, records);
};

/** Past every recorder, a statement of today. */
export async function addToLake(installation: Installation): Promise<void> {
  await lakeWriterOn(lakeOf(installation)).add(DEFAULT_STORE, [new StoredStatements().make()]);
}

/** Days of many files: by the clock, because of what was voided, and while somebody writes. */
export const compacted: Scenario = async ({ invoke, recorder }, installation) => {
  const objects = lakeOf(installation);
  const stored = new StoredStatements();
  const writeSome = async (): Promise<DayPartition> => {
    const statements = stored.many(3);
    for (const statement of statements) await lakeWriterOn(objects).add('acme', [statement]);
    const [first] = statements;
    if (first === undefined) throw new Error('There are no statements.');
    return partitionOf(first, 'acme');
  };
  const partition = await writeSome();
  await invoke({});
  expect(await currentFiles(installation, partition)).toHaveLength(1);
  await writeSome();
  recorder.meanwhile(isCommit, async () => void (await writeSome()));
  await invoke(partition);
  await invoke({ full: true });
  expect(await currentFiles(installation, partition)).toHaveLength(1);
};
