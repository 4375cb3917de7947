import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDbClient } from '#runtime/clients.ts';

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
    const client = createDynamoDbClient({ region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` });
    const start = performance.now();
    const command = new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'a' } } });
    expect(await client.send(command)).toMatchObject({ Item: { pk: { S: 'a' } } });
    expect(requests).toBe(2);
    expect(performance.now() - start).toBeGreaterThan(2_500);
    expect(performance.now() - start).toBeLessThan(10_000);
    client.destroy();
  });
});

describe('the log of commands that the SDK keeps', () => {
  it('is left out, and all else is as the SDK makes it', () => {
    const plain = new DynamoDBClient({ region: 'us-east-1' }).middlewareStack.identify();
    const others = plain.filter((step) => !step.startsWith('loggerMiddleware'));
    expect(others).toHaveLength(plain.length - 1);
    expect(createDynamoDbClient({ region: 'us-east-1' }).middlewareStack.identify()).toEqual(others);
  });
});
