import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteItemCommand, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ONLY_STATEMENTS } from '#local/stream/event-filter.ts';
import { startStreamPump, type StreamPump } from '#local/stream/stream-pump.ts';
import { StreamsService } from '#local/stream/streams-service.ts';
import { type HttpAnswer, HttpConnections, type HttpExchange } from '#storage/aws/http-connections.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import { ENGINE_ACCESS, freshTables, type FreshTables } from '#test/support/engine.ts';

const PATIENCE = { timeout: 5_000, interval: 5 };

type Handler = (event: DynamoDBStreamEvent, context: Context) => Promise<unknown>;

let tables: FreshTables;
let streams: StreamsService;
/** What becomes of the next requests for an operation, instead of an answer of the engine. */
let failures: { readonly operation: string; readonly fail: () => HttpAnswer }[];
let folder: string;
let pump: StreamPump | undefined;
/** The keys of the statements in each call. */
let calls: string[][];

beforeEach(async () => {
  tables = await freshTables();
  failures = [];
  const { region, credentials } = ENGINE_ACCESS;
  streams = new StreamsService({ region, endpoint: tables.endpoint }, { credentials, exchange: failingExchange() });
  folder = await mkdtemp(join(tmpdir(), 'lrs-stream-'));
  calls = [];
});

afterEach(async () => {
  await pump?.stop();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function start(handler: Handler = () => Promise.resolve(), { window = 20, size = 10_000 } = {}): StreamPump {
  pump = startStreamPump({
    dynamoDb: tables.sdk,
    streams,
    table: tables.names.statements,
    checkpointFile: join(folder, 'stream.json'),
    mapping: {
      streamFunction: {
        name: 'the-function',
        handler: (json, context) => {
          const event: DynamoDBStreamEvent = JSON.parse(json);
          calls.push(event.Records.map(keyOf));
          return handler(event, context);
        },
      },
      filter: ONLY_STATEMENTS,
      limits: { size, bytes: 6 * 1024 * 1024, window },
      pollInterval: 10,
    },
  });
  return pump;
}

function keyOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.Keys?.['pk']?.S ?? '';
}

async function put(pk: string, sk = 's', value = ''): Promise<void> {
  const Item = { pk: { S: pk }, sk: { S: sk }, body: { B: Buffer.from(value) } };
  await tables.sdk.send(new PutItemCommand({ TableName: tables.names.statements, Item }));
}

async function putMany(count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `item-${index}`);
  for (let start = 0; start < count; start += 25) {
    const items = names.slice(start, start + 25);
    const requests = items.map((pk) => ({ PutRequest: { Item: { pk: { S: pk }, sk: { S: 's' } } } }));
    await tables.sdk.send(new BatchWriteItemCommand({ RequestItems: { [tables.names.statements]: requests } }));
  }
  return names;
}

async function shardsInFile(): Promise<object> {
  const { shards } = JSON.parse(await readFile(join(folder, 'stream.json'), 'utf8'));
  return shards;
}

function seen(): string[] {
  return calls.flat();
}

describe('stream pump', () => {
  it('calls the function with what Lambda would call it with', async () => {
    const events: DynamoDBStreamEvent[] = [];
    start(async (event) => void events.push(event));
    await put('a', 's', 'one');
    await put('a', 's', 'two');
    await tables.sdk.send(
      new DeleteItemCommand({ TableName: tables.names.statements, Key: { pk: { S: 'a' }, sk: { S: 's' } } }),
    );
    await expect.poll(seen, PATIENCE).toEqual(['a', 'a', 'a']);
    const records = events.flatMap(({ Records }) => Records);
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[1]).toEqual({
      eventID: expect.any(String),
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: expect.any(String),
      dynamodb: {
        ApproximateCreationDateTime: expect.closeTo(Date.now() / 1_000, -2),
        Keys: { pk: { S: 'a' }, sk: { S: 's' } },
        NewImage: { pk: { S: 'a' }, sk: { S: 's' }, body: { B: Buffer.from('two').toString('base64') } },
        OldImage: { pk: { S: 'a' }, sk: { S: 's' }, body: { B: Buffer.from('one').toString('base64') } },
        SequenceNumber: expect.stringMatching(/^\d+$/u),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: expect.stringContaining(`table/${tables.names.statements}/stream/`),
    });
  });

  it('begins with what was written before it, keeps the order, and leaves out what is no statement', async () => {
    await put('first');
    await put('entry', 'e');
    await put('second');
    start();
    await expect.poll(seen, PATIENCE).toEqual(['first', 'second']);
    await put('third');
    await expect.poll(seen, PATIENCE).toEqual(['first', 'second', 'third']);
  });

  it('collects what comes within the window', async () => {
    start(undefined, { window: 300 });
    for (let index = 0; index < 5; index += 1) await put(`item-${index}`);
    await expect.poll(seen, PATIENCE).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-4']);
    expect(calls).toHaveLength(1);
  });

  it('makes no batch larger than it may be', async () => {
    const names = await putMany(250);
    start(undefined, { size: 100 });
    await expect.poll(seen, PATIENCE).toEqual(names);
    expect(calls.map(({ length }) => length)).toEqual([100, 100, 50]);
  });

  it('goes on where it was when it is started again', async () => {
    start();
    await put('a');
    await expect.poll(seen, PATIENCE).toEqual(['a']);
    await pump?.stop();
    await put('b');
    calls = [];
    start();
    await expect.poll(seen, PATIENCE).toEqual(['b']);
  });

  it('waits for the call in flight when it is stopped, and remembers that it is done', async () => {
    const begun = Promise.withResolvers<void>();
    start(async () => {
      begun.resolve();
      await sleep(100);
    });
    await put('a');
    await begun.promise;
    await pump?.stop();
    expect(Object.values(await shardsInFile())).toEqual([{ after: '1' }]);
  });

  it('calls the function with a batch again that was under way when it was killed', async () => {
    const hanging = Promise.withResolvers<void>();
    const hung = start(() => hanging.promise);
    await put('a');
    await expect.poll(seen, PATIENCE).toEqual(['a']);
    calls = [];
    // The first one is as good as killed: it never learns what became of its call.
    start();
    await expect.poll(seen, PATIENCE).toEqual(['a']);
    hanging.resolve();
    await hung.stop();
  });

  it('goes on behind what is done, when the function fails on the rest', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    await putMany(4);
    start(async ({ Records }) => {
      const itemIdentifier = Records[2]?.dynamodb?.SequenceNumber ?? '';
      return { batchItemFailures: Records.length === 4 ? [{ itemIdentifier }] : [] };
    });
    await expect.poll(seen, PATIENCE).toEqual(['item-0', 'item-1', 'item-2', 'item-3', 'item-2', 'item-3']);
    expect(spy).not.toHaveBeenCalled();
  });

  it('halves a batch on which the function fails, and says so', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    await putMany(4);
    start(({ Records }) => (Records.length === 4 ? Promise.reject(new Error('too much')) : Promise.resolve()));
    await vi.waitFor(() => expect(calls.map(({ length }) => length)).toEqual([4, 2, 2]), 5_000);
    expect(spy.mock.calls.flat()).toContain('The function the-function failed on the stream records 1 to 4:');
  });

  it.each([
    ['an iterator that has expired', 1, () => refusal('ExpiredIteratorException'), 0],
    ['a lost connection', 1, lostConnection, 0],
    ['lost connections', 3, lostConnection, 1],
    ['a refusal that it does not know', 1, () => refusal('AccessDeniedException'), 1],
  ])('goes on after %s', async (_, times, fail, reports) => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    start();
    await put('a');
    await expect.poll(seen, PATIENCE).toEqual(['a']);
    failures = Array.from({ length: times }, () => ({ operation: 'GetRecords', fail }));
    await put('b');
    await expect.poll(seen, PATIENCE).toEqual(['a', 'b']);
    expect(spy).toHaveBeenCalledTimes(reports);
  });

  it('lets a table be that has no stream', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    tables = { ...tables, names: { ...tables.names, statements: tables.names.documents } };
    await start().stop();
    expect(spy.mock.calls).toEqual([
      [`The table ${tables.names.documents} has no stream: the-function hears nothing of its changes.`],
    ]);
  });

  it('has done with a shard that is gone', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    failures = [{ operation: 'GetShardIterator', fail: () => refusal('ResourceNotFoundException') }];
    start();
    await expect.poll(async () => Object.values(await shardsInFile()), PATIENCE).toEqual([{ ended: true }]);
    expect(spy.mock.lastCall?.[0]).toMatch(/^Stream: the shard \S+ is gone\.$/u);
  });

  it('goes on with the oldest records when those that it wants are gone', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    start();
    await put('a');
    await expect.poll(seen, PATIENCE).toEqual(['a']);
    await pump?.stop();
    failures = [{ operation: 'GetShardIterator', fail: () => refusal('TrimmedDataAccessException') }];
    start();
    await expect.poll(seen, PATIENCE).toEqual(['a', 'a']);
    expect(spy.mock.lastCall?.[0]).toMatch(/^Stream: the records behind 1 of the shard \S+ are gone/u);
  });
});

function failingExchange(): HttpExchange {
  const { exchange } = new HttpConnections(SERVICE_TIMEOUTS);
  return async (request, signal) => {
    const [failure] = failures;
    if (failure === undefined || request.headers['x-amz-target'] !== `DynamoDBStreams_20120810.${failure.operation}`) {
      return exchange(request, signal);
    }
    failures.shift();
    return failure.fail();
  };
}

/** As AWS gives it. */
function refusal(name: string): HttpAnswer {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'No.' });
  return { status: 400, headers: {}, body: Buffer.from(body) };
}

function lostConnection(): never {
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}
