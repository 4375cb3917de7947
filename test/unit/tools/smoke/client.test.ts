import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NoAnswer } from '#tools/smoke/answer.ts';
import { type Client, createClient } from '#tools/smoke/client.ts';
import { EndlessAnswer } from '#tools/smoke/received-bytes.ts';

const ACCESS = { key: 'k', secret: 'ü' };
const NEVER = new AbortController().signal;

let server: Server;
let client: Client;
let endpoint: URL;
let seen: IncomingMessage[];
let answer: (message: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  answer = (message, response) => {
    message.resume().once('end', () => response.end('body'));
  };
  server = createServer((message, response) => {
    seen.push(message);
    answer(message, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  endpoint = new URL(`http://127.0.0.1:${port}/xapi`);
  client = createClient(endpoint, ACCESS, 300, (text) => `legible ${text}`);
});

afterEach(() => {
  client.close();
  server.close();
  server.closeAllConnections();
});

describe('the client of the smoke run', () => {
  it('sends a query as it is', async () => {
    await client.send({ path: '/statements', query: 'agent={"mbox":"a"}|;&a=1&a=2' }, NEVER);
    expect(seen[0]?.url).toBe('/xapi/statements?agent={"mbox":"a"}|;&a=1&a=2');
  });

  it('sends a credential and a version, unless they are taken away', async () => {
    await client.send({ path: '/about' }, NEVER);
    await client.send(
      { path: '/about', headers: { authorization: undefined, 'x-experience-api-version': '2.0.0' } },
      NEVER,
    );
    const headers = seen.map((message) => [message.headers.authorization, message.headers['x-experience-api-version']]);
    expect(headers).toEqual([
      [`Basic ${Buffer.from('k:ü').toString('base64')}`, '1.0.3'],
      [undefined, '2.0.0'],
    ]);
  });

  it('tells the length of a body, unless it is sent in chunks', async () => {
    await client.send({ method: 'PUT', path: '/a', body: 'ü' }, NEVER);
    await client.send({ method: 'PUT', path: '/a' }, NEVER);
    await client.send({ method: 'PUT', path: '/a', body: 'ü', chunked: true }, NEVER);
    const lengths = seen.map(({ headers }) => headers['content-length'] ?? headers['transfer-encoding']);
    expect(lengths).toEqual(['2', '0', 'chunked']);
  });

  it('gives the answer as it came', async () => {
    const whole = await client.send({ path: '/about' }, NEVER);
    expect(whole).toMatchObject({ request: 'GET /about', status: 200, body: Buffer.from('body') });
    expect(whole.excerpt()).toBe('legible body');
    expect(client.count()).toBe(1);
  });

  it('sends again when a connection was closed while it was idle', async () => {
    await client.send({ path: '/about' }, NEVER);
    answer = (message) => {
      answer = (_, response) => response.end('again');
      message.socket.resetAndDestroy();
    };
    const { body } = await client.send({ path: '/about' }, NEVER);
    expect(body.toString()).toBe('again');
  });

  it('does not send again what a server took and did not answer', async () => {
    answer = (message) => {
      message.socket.resetAndDestroy();
    };
    await expect(client.send({ path: '/about' }, NEVER)).rejects.toThrow(NoAnswer);
    expect(seen).toHaveLength(1);
  });

  it('waits for an answer no longer than it was told', async () => {
    answer = () => {};
    await expect(client.send({ path: '/about' }, NEVER)).rejects.toThrow('no answer within 0.3 s');
  });

  it('breaks off an answer without an end, and closes its connection', async () => {
    const closed = Promise.withResolvers<void>();
    answer = (_, response) => {
      const write = (): void => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', write).on('close', () => closed.resolve());
      write();
    };
    const patient = createClient(endpoint, ACCESS, 20_000, (text) => text);
    await expect(patient.send({ path: '/about' }, NEVER)).rejects.toThrow(EndlessAnswer);
    await closed.promise;
    patient.close();
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    answer = () => controller.abort('it was interrupted');
    await expect(client.send({ path: '/about' }, controller.signal)).rejects.toBe('it was interrupted');
  });
});
