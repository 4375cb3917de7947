import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { ENGINE_ACCESS, engineClient, freshTables } from '#test/support/engine.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';
import { sdkSignature } from '#test/support/sdk-signature.ts';

const ANSWER = JSON.stringify({ Item: { pk: { S: 'a' } } });

/** What the server does with the first, the second … request; with every further one what it did with the last. */
let behaviours: ((response: ServerResponse) => void)[];
let requests: number;

const server = createServer((request, response) => {
  request.resume();
  behaviours[Math.min(requests, behaviours.length - 1)]?.(response);
  requests += 1;
});

const answer = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(ANSWER);
};
const sayNothing = (): void => undefined;
const stallMidway = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': ANSWER.length }).write(ANSWER.slice(0, 5));
};

beforeEach(async () => {
  requests = 0;
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'local');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('the client of DynamoDB', () => {
  it.each([
    ['says nothing', sayNothing],
    ['stops in the middle of an answer', stallMidway],
  ])('asks again after 3 seconds when DynamoDB %s', async (_, failure) => {
    behaviours = [failure, answer];
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const client = new DynamoDbService({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` });
    const start = performance.now();
    expect(await client.call('GetItem', { TableName: 'table', Key: { pk: { S: 'a' } } })).toMatchObject({
      Item: { pk: { S: 'a' } },
    });
    expect(requests).toBe(2);
    expect(performance.now() - start).toBeGreaterThan(2_500);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});

describe('an operation of DynamoDB', () => {
  it('brings bytes there and back', async () => {
    const { client, names } = await freshTables();
    const key = { pk: { S: 'a' }, sk: { S: 'b' } };
    const item = { ...key, p: { S: 'c' }, xt: { S: 'd' }, b: { B: Buffer.from([0, 255]) } };
    const TableName = names.statements;
    await client.call('PutItem', { TableName, Item: item });
    expect((await client.call('GetItem', { TableName, Key: key, ConsistentRead: true })).Item).toEqual(item);
    const RequestItems = { [TableName]: { Keys: [key] } };
    expect((await client.call('BatchGetItem', { RequestItems })).Responses).toEqual({ [TableName]: [item] });
    const condition = {
      TableName,
      Item: key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    } as const;
    await expect(client.call('PutItem', condition)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: item,
    });
    await expect(client.call('TransactWriteItems', { TransactItems: [{ Put: condition }] })).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed', Item: item }],
    });
    const deletion = { TableName, Key: key, ReturnValues: 'ALL_OLD' } as const;
    expect((await client.call('DeleteItem', deletion)).Attributes).toEqual(item);
  });

  it('is signed', async () => {
    const server = await startLoopbackServer(() => ({ status: 200, body: '{}' }));
    await engineClient(server.url).call('GetItem', { TableName: 'tüble', Key: {} });
    const { region, credentials } = ENGINE_ACCESS;
    const signing = { service: 'dynamodb', region, credentials };
    const expected = server.received.map((received) => sdkSignature(received, signing));
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(await Promise.all(expected));
    expect(expected).toHaveLength(1);
    await server.stop();
  });

  it('has another token with each transaction, and the same when it is sent again', async () => {
    const tokens: string[] = [];
    const server = await startLoopbackServer(({ body }) => {
      tokens.push(JSON.parse(body).ClientRequestToken);
      return tokens.length === 1
        ? { status: 500, body: '{"__type":"InternalServerError"}' }
        : { status: 200, body: '{}' };
    });
    const client = engineClient(server.url);
    await client.call('TransactWriteItems', { TransactItems: [] });
    await client.call('TransactWriteItems', { TransactItems: [] });
    expect(tokens).toHaveLength(3);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    await server.stop();
  });

  it.each([
    ['a refusal', 400, '{"__type":"ValidationException"}', 1],
    ['too many requests', 400, '{"__type":"ProvisionedThroughputExceededException"}', 4],
    ['an outage', 503, '<html>', 4],
  ])('is tried again when that may help: %s', async (_, status, body, times) => {
    const server = await startLoopbackServer(() => ({ status, body }));
    const client = engineClient(server.url);
    await expect(client.call('GetItem', { TableName: 'table', Key: {} })).rejects.toMatchObject({
      $metadata: { httpStatusCode: status },
    });
    expect(server.received).toHaveLength(times);
    await server.stop();
  });
});
