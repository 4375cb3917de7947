import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LrsClient } from '#bench/load/lrs-client.ts';
import { withStack } from '#bench/support/with-stack.ts';

interface Served {
  readonly server: Server;
  /** Of a resource below `/xapi`. */
  readonly client: LrsClient;
  /** How many were made until now. */
  readonly connections: () => number;
}

async function serve(stack: AsyncDisposableStack, answer: RequestListener, patience?: number): Promise<Served> {
  const server = createServer(answer);
  let made = 0;
  server.on('connection', () => (made += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const target = { name: 'test', url: `http://127.0.0.1:${port}/xapi`, key: 'key', secret: 'secret' };
  const client = new LrsClient(target, patience);
  stack.defer(() => {
    client.close();
    server.close();
    server.closeAllConnections();
  });
  return { server, client, connections: () => made };
}

const answerAtOnce: RequestListener = (_, response) => void response.end('right');
const GET = { method: 'GET', path: '/statements' } as const;

describe('the client of a load', () => {
  it('sends what it is told', async () => {
    await withStack(async (stack) => {
      const { client } = await serve(stack, (request, response) => {
        const { method, url, headers } = request;
        const { authorization, 'content-type': type, 'content-length': length } = headers;
        const version = headers['x-experience-api-version'];
        response.setHeader('X-Experience-API-Consistent-Through', '2026-01-01T00:00:00.000Z');
        response.writeHead(201).write(JSON.stringify({ method, url, authorization, version, type, length }));
        request.pipe(response);
      });
      const query = { agent: '{"name":"é&"}' };
      const { status, body, consistentThrough } = await client.send({
        method: 'PUT',
        path: '/activities/state',
        query,
        type: 'text/plain',
        body: 'é',
      });
      expect({ status, consistentThrough }).toEqual({ status: 201, consistentThrough: '2026-01-01T00:00:00.000Z' });
      const head = {
        method: 'PUT',
        url: `/xapi/activities/state?${new URLSearchParams(query).toString()}`,
        authorization: `Basic ${Buffer.from('key:secret').toString('base64')}`,
        version: '1.0.3',
        type: 'text/plain',
        length: '2',
      };
      expect(body.toString()).toBe(`${JSON.stringify(head)}é`);
    });
  });

  it('gives long answers whole, as often as they are asked for', async () => {
    await withStack(async (stack) => {
      const long = Buffer.from('0123456789'.repeat(100_000));
      const { client } = await serve(
        stack,
        (request, response) => void response.end(request.method === 'GET' ? long : ''),
      );
      const answer = await client.send(GET);
      expect([answer.body, answer.body].map((body) => body.equals(long))).toEqual([true, true]);
      expect((await client.send({ ...GET, method: 'DELETE' })).body).toHaveLength(0);
    });
  });

  it('follows a link from the root of the host', async () => {
    await withStack(async (stack) => {
      const { client } = await serve(stack, (request, response) => void response.end(request.url));
      const { body } = await client.send({ method: 'GET', path: '/other/statements?more=a%20b', fromRoot: true });
      expect(body.toString()).toBe('/other/statements?more=a%20b');
      const elsewhere = client.send({ method: 'GET', path: 'http://example.com/more', fromRoot: true });
      await expect(elsewhere).rejects.toThrow('the link leads to http://example.com');
    });
  });

  it('keeps connections', async () => {
    await withStack(async (stack) => {
      const { client, connections } = await serve(stack, answerAtOnce);
      for (let index = 0; index < 20; index += 1) await client.send(GET);
      // The first may not be free yet when the second request comes.
      expect(connections()).toBeLessThanOrEqual(2);
    });
  });

  it('has no more than 64 connections', async () => {
    await withStack(async (stack) => {
      const { client, connections } = await serve(stack, (_, response) => void setTimeout(() => response.end(), 20));
      await Promise.all(Array.from({ length: 100 }, () => client.send(GET)));
      expect(connections()).toBe(64);
    });
  });

  it.each([
    ['says so', true],
    ['does not say so', false],
  ])('sends on after a pause in which an LRS that %s has ended idle connections', async (_, says) => {
    await withStack(async (stack) => {
      const { server, client, connections } = await serve(stack, (_, response) => {
        if (!says) response.setHeader('Keep-Alive', 'timeout=600');
        response.end('right');
      });
      server.keepAliveTimeout = 50;
      server.keepAliveTimeoutBuffer = 0;
      const sendSome = () => Promise.all(Array.from({ length: 16 }, () => client.send(GET)));
      for (let slice = 0; slice < 3; slice += 1) {
        const answers = await sendSome();
        expect(new Set(answers.map(({ body }) => body.toString()))).toEqual(new Set(['right']));
        await sleep(300);
      }
      expect(connections()).toBeGreaterThan(16);
    });
  });

  it.each([
    ['no answer', () => {}],
    ['half an answer', (_, response) => void response.write('half')],
  ] satisfies [string, RequestListener][])('does not wait for ever where there is %s', async (_, answer) => {
    await withStack(async (stack) => {
      const { client } = await serve(stack, answer, 100);
      await expect(client.send(GET)).rejects.toThrow('no answer in time');
    });
  });

  it('tells when there is nobody', async () => {
    await withStack(async (stack) => {
      const { client, server } = await serve(stack, answerAtOnce);
      server.close();
      await once(server, 'close');
      await expect(client.send(GET)).rejects.toThrow('ECONNREFUSED');
    });
  });

  it('ends connections at once when it is closed, with what is under way, and may be closed again', async () => {
    await withStack(async (stack) => {
      const { client, server } = await serve(stack, (request, response) => {
        if (request.url === '/xapi/statements') response.end();
      });
      await client.send(GET);
      const underWay = client.send({ method: 'GET', path: '/never' });
      await once(server, 'request');
      client.close();
      client.close();
      await expect(underWay).rejects.toThrow('The client is destroyed');
      await expect(client.send(GET)).rejects.toThrow('The client is destroyed');
      server.close();
      await once(server, 'close');
    });
  });
});
