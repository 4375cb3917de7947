import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Right, RIGHTS } from '#lib/rights.ts';
import { Bucket } from '#storage/s3/bucket.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';
import { bucketArn, tableArn } from '#test/support/recording-calls.ts';
import {
  bucketNames,
  type Installation,
  install,
  type Scenario,
  upstreamOf,
} from '#test/support/recording-function.ts';
import { allows, grantsOf, policyOf } from '#test/support/recording-policy.ts';
import { isRun } from '#test/support/recording-coverage.ts';
import { placesIn } from '#test/support/recording-places.ts';
import { type Recorder, startRecorder } from '#test/support/recording-proxy.ts';
import { type Report, report, unreached } from '#test/support/recording-report.ts';
import { SCENARIOS } from '#test/support/recording-scenarios.ts';
import { anAgent } from '#test/support/statements.ts';

const NAME = 'agents-profile';

const AGENT = 'default|agent-profile|mbox%7cmailto:learner@example.com';

/** A report on a fresh installation, with short names in the place of ARNs. */
async function reportUnder(rights: readonly Right[], scenarios = SCENARIOS[NAME]): Promise<Report> {
  const installation = await install([NAME]);
  const { tables, bucket } = installation;
  const policy = policyOf(rights, tables.names, bucketNames(installation));
  const result = await report(NAME, policy, scenarios, installation);
  await installation.remove();
  const plain = (sentence: string): string =>
    sentence
      .replace(tableArn(tables.names.documents), 'documents')
      .replace(tableArn(tables.names.registry), 'registry')
      .replace(bucketArn(bucket.name), 'bucket');
  return { ...result, denied: result.denied.map(plain), unneeded: result.unneeded.map(plain) };
}

/** The rights of the function, but for one action. */
function rightsWithout(action: string): readonly Right[] {
  return RIGHTS[NAME].flatMap((right): readonly Right[] => {
    if (!('actions' in right)) return [right];
    const actions = right.actions.filter((name) => name !== action);
    return actions.length > 0 ? [{ ...right, actions }] : [];
  });
}

describe('a right too few', () => {
  it.each([
    ['DeleteItem', `dynamodb:DeleteItem on documents for ${AGENT}`],
    ['ListBucket', 's3:ListBucket on bucket'],
  ])('is told, and ends the scenario: %s', async (action, sentence) => {
    const { denied, failure } = await reportUnder(rightsWithout(action));
    expect(denied).toEqual([sentence]);
    expect(failure?.message).toContain('expected 500');
  });

  it('is told, though the function can do without', async () => {
    const { denied, failure } = await reportUnder(rightsWithout('DeleteObject'));
    expect(denied).toContainEqual(expect.stringContaining('s3:DeleteObject on bucket/agent-profile/default/'));
    expect(failure).toBeUndefined();
  });
});

describe('a right too many', () => {
  it('is told: an action, a key, a prefix', async () => {
    const { denied, unneeded, failure } = await reportUnder([
      ...RIGHTS[NAME],
      { table: 'documents', actions: ['BatchWriteItem'], keys: ['*|agent-profile|*'] },
      { table: 'registry', actions: ['GetItem'], keys: ['*|token|*', '*|job|*'] },
      { objects: 'attachments/', bucket: 'attachments', actions: ['GetObject'] },
    ]);
    expect({ denied, failure }).toEqual({ denied: [], failure: undefined });
    expect(unneeded).toEqual([
      'dynamodb:BatchWriteItem on documents for *|agent-profile|*',
      'dynamodb:GetItem on registry for *|token|*',
      'dynamodb:GetItem on registry for *|job|*',
      's3:GetObject on bucket/attachments/*',
    ]);
  });
});

describe('code that no scenario reaches', () => {
  it('is told by its place, though another place sends the same operation', async () => {
    const query = { agent: JSON.stringify(anAgent('learner')), profileId: 'small' };
    const reading: Scenario = async ({ send }) => void (await send({ query }));
    const { runs } = await reportUnder(RIGHTS[NAME], [reading]);
    const names = unreached((await placesIn(NAME)).places, runs);
    expect(names).not.toContain("storage/dynamodb/registry/read-item.ts: call('GetItem'");
    expect(names).not.toContain("storage/dynamodb/body-items.ts: call('GetItem'");
    expect(names).toEqual(
      expect.arrayContaining([
        'storage/dynamodb/body-items.ts: blobs.get',
        "storage/dynamodb/writes.ts: call('DeleteItem'",
        "storage/dynamodb/writes.ts: call('PutItem'",
        "storage/dynamodb/document-store.ts: call('Query'",
        "storage/s3/blob-store.ts: method: 'DELETE'",
        "storage/s3/read-object.ts: method: 'GET'",
      ]),
    );
  });

  it('is looked for in every way in which adapters ask', async () => {
    expect(await placesIn('about')).toEqual({ places: [], unplaced: [] });
    const names = (await placesIn('statements')).places.map((place) => place.name);
    expect(names).toEqual(
      expect.arrayContaining([
        'storage/dynamodb/statements/statement-writer.ts: blobs.put',
        'storage/dynamodb/statements/statements-table.ts: Update',
        "storage/dynamodb/statements/statements-table.ts: call('TransactWriteItems'",
        'storage/dynamodb/statements/statements-table.ts: readItems',
        'storage/s3/attachment-store.ts: bucket.send',
        "storage/s3/attachment-store.ts: method: 'PUT'",
      ]),
    );
  });

  it('is what V8 counts as not run in the smallest part around it', () => {
    const ranges = [
      { startOffset: 0, endOffset: 100, count: 1 },
      { startOffset: 10, endOffset: 50, count: 0 },
      { startOffset: 20, endOffset: 30, count: 1 },
    ];
    expect([5, 10, 25, 30, 50, 100].map((offset) => isRun(ranges, offset))).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(isRun([], 0)).toBe(false);
  });
});

function key(kind: string): { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } } {
  return { pk: { S: `default|${kind}|a` }, sk: { S: 'a' } };
}

function put(kind: string): { readonly PutRequest: { readonly Item: ReturnType<typeof key> } } {
  return { PutRequest: { Item: key(kind) } };
}

describe('the evaluator', () => {
  it.each([
    ['a denial', { effect: Effect.DENY }],
    ['an exception', { notActions: ['dynamodb:GetItem'], actions: [] }],
    ['keys that need not be there', { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'a' } } }],
    ['another condition', { conditions: { StringLike: { 's3:prefix': 'a' } } }],
  ])('does not guess what it does not know: %s', (_, props) => {
    const statement = new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn'], ...props });
    expect(() => grantsOf(statement)).toThrow('beyond the evaluator');
  });

  it('knows the wildcards of IAM', () => {
    const call = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a.b/c', leadingKeys: [] };
    const allowed = (resource: string): boolean => allows([{ action: 's3:Get*', resource }], call);
    expect(['arn:aws:s3:::b/*', 'arn:aws:s3:::b/a?b/c', '*'].map(allowed)).toEqual([true, true, true]);
    expect(['arn:aws:s3:::b/a', 'arn:aws:s3:::b/a.b?c?', 'arn:aws:s3:::b/a+b/c'].map(allowed)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('the recorder', () => {
  let installation: Installation;
  let recorder: Recorder;
  let client: DynamoDBClient;
  let bucket: Bucket;
  let table: string;

  beforeAll(async () => {
    installation = await install([]);
    const { tables, bucket: fresh } = installation;
    const rights: readonly Right[] = [
      {
        table: 'documents',
        actions: ['GetItem', 'PutItem', 'BatchGetItem', 'BatchWriteItem', 'Query', 'Scan'],
        keys: ['*|mine|*'],
      },
      { objects: 'mine/', bucket: 'attachments', actions: ['GetObject', 'PutObject'] },
    ];
    recorder = await startRecorder(policyOf(rights, tables.names, bucketNames(installation)), upstreamOf(installation));
    client = new DynamoDBClient({ endpoint: recorder.endpoint, ...ENGINE_ACCESS });
    const { region, credentials } = ENGINE_ACCESS;
    bucket = new Bucket({ name: fresh.name, region, endpoint: recorder.endpoint }, { credentials });
    table = tables.names.documents;
  });

  afterAll(async () => {
    await recorder.stop();
    await installation.remove();
  });

  const transacted = (kind: string) => ({ Put: { TableName: table, Item: key(kind) } });
  const query = (kind: string) => ({
    TableName: table,
    KeyConditionExpression: '#key = :key AND sk BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#key': 'pk' },
    ExpressionAttributeValues: { ':key': { S: `default|${kind}|a` }, ':from': { S: 'a' }, ':to': { S: 'b' } },
  });

  it('lets through what is about the right keys', async () => {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [transacted('mine')] }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: [put('mine')] } }));
    expect((await client.send(new GetItemCommand({ TableName: table, Key: key('mine') }))).Item).toEqual(key('mine'));
    await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key('mine')] } } }));
    expect((await client.send(new QueryCommand(query('mine')))).Count).toBe(1);
  });

  it.each([
    ['GetItem', () => client.send(new GetItemCommand({ TableName: table, Key: key('other') }))],
    [
      'BatchGetItem',
      () => client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [key('mine'), key('other')] } } })),
    ],
    [
      'BatchWriteItem',
      () => client.send(new BatchWriteItemCommand({ RequestItems: { [table]: [put('mine'), put('other')] } })),
    ],
    [
      'PutItem',
      () => client.send(new TransactWriteItemsCommand({ TransactItems: [transacted('mine'), transacted('other')] })),
    ],
    ['Query', () => client.send(new QueryCommand(query('other')))],
  ])('denies %s with another key among the keys', async (action, send) => {
    await expect(send()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`dynamodb:${action} `),
    });
  });

  it('denies what names no key, though the action is allowed for some', async () => {
    await expect(client.send(new ScanCommand({ TableName: table }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('denies objects below another prefix, and does not tell who may not list what is not there', async () => {
    await bucket.send({ method: 'PUT', key: 'mine/there', body: Buffer.from('a') });
    expect(Buffer.from(await bucket.send({ method: 'GET', key: 'mine/there' })).toString()).toBe('a');
    for (const [method, key] of [
      ['PUT', 'other/there'],
      ['DELETE', 'mine/there'],
      ['GET', 'mine/missing'],
    ] as const) {
      await expect(bucket.send({ method, key })).rejects.toMatchObject({ name: 'AccessDenied' });
    }
  });

  it('lets nothing denied happen', async () => {
    const { Items = [] } = await installation.tables.sdk.send(new ScanCommand({ TableName: table }));
    expect(Items.map(({ pk }) => pk?.S)).not.toContain('default|other|a');
    expect(await installation.blobs.get('other/there')).toBeUndefined();
  });
});
