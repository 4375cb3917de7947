import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayHandler, GatewayHandlers } from '#local/gateway/handler.ts';
import { startGateway } from '#local/gateway/server.ts';
import type { Gateway } from '#local/gateway/server.ts';

const MB = 1024 * 1024;

const OPTIONS = {
  host: '127.0.0.1',
  port: 0,
  basePath: '/xapi',
  routes: [
    { path: '/xapi/statements', function: 'statements' },
    { path: '/oauth/fetch/{ticket}', function: 'statements' },
  ],
};

let gateway: Gateway;
let handler: GatewayHandler;
let events: APIGatewayProxyEventV2[];

beforeEach(async () => {
  events = [];
  handler = async (event) => {
    events.push(event);
    return { statusCode: 200, headers: { 'X-Test': 'yes' }, body: 'hello' };
  };
  const functions = { statements: (...call: Parameters<GatewayHandler>) => handler(...call) };
  gateway = await startGateway({ ...OPTIONS, handlers: Promise.resolve(functions) });
});

afterEach(async () => {
  await gateway.stop(0);
  vi.restoreAllMocks();
});

/** The bodies of the answers to requests that are sent at once over one connection, of which nothing is read for a while. */
async function pipelined(port: number, numbers: readonly number[]): Promise<readonly string[]> {
  const socket = connect(port, '127.0.0.1').pause();
  const requests = numbers.map((number, index) => {
    const last = index === numbers.length - 1 ? 'Connection: close\r\n' : '';
    return `GET /xapi/statements?${number} HTTP/1.1\r\nHost: localhost\r\n${last}\r\n`;
  });
  socket.write(requests.join(''));
  await sleep(100);
  const answers = (await buffer(socket)).toString();
  return answers.split(/HTTP\/1\.1 200 OK(?:\r\n[^\r\n]+)*\r\n\r\n/u).slice(1);
}

describe('the gateway', () => {
  it('hands a request to its function and the result to the client', async () => {
    const response = await send({ method: 'PUT', body: 'text' });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-test')).toBe('yes');
    expect(await response.text()).toBe('hello');
    expect(events).toMatchObject([{ rawPath: '/xapi/statements', body: 'text', routeKey: 'ANY /xapi/statements' }]);
  });

  it('gives each of many requests its own answer, also to slow clients and beside some who have gone', async () => {
    handler = async (event) => ({ statusCode: 200, body: `${event.rawQueryString} `.repeat(100_000) });
    for (const first of [1_000, 2_000, 3_000]) {
      const numbers = [0, 100, 200, 300].map((connection) => {
        return Array.from({ length: 8 }, (_, index) => first + connection + index);
      });
      const [answers] = await Promise.all([
        Promise.all(numbers.map((some) => pipelined(gateway.port, some))),
        Promise.all(numbers.map(async () => (await send()).body?.cancel())),
      ]);
      const wrong = numbers.flat().filter((number, index) => answers.flat()[index] !== `${number} `.repeat(100_000));
      expect(wrong).toEqual([]);
    }
  });

  it('decodes binary results and sets every cookie', async () => {
    handler = async () => ({ statusCode: 200, body: 'AP8=', isBase64Encoded: true, cookies: ['a=1', 'b=2'] });
    const response = await send();
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 255]));
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each(['ä€', 'hello', ''])('gives a header back as it is, with %j behind it', async (body) => {
    handler = async () => ({ statusCode: 200, headers: { 'x-name': 'é' }, body });
    const response = await send();
    expect(response.headers.get('x-name')).toBe('é');
    expect(await response.text()).toBe(body);
  });

  it('asks the function for every method', async () => {
    const methods = ['HEAD', 'OPTIONS', 'PATCH'];
    for (const method of methods) expect((await send({ method })).status).toBe(200);
    expect(events.map(({ requestContext }) => requestContext.http.method)).toEqual(methods);
  });

  it('tells the function what stands in the place of variables in its path', async () => {
    await fetch(`http://127.0.0.1:${gateway.port}/oauth/fetch/a%20b`);
    expect(events).toMatchObject([
      { rawPath: '/oauth/fetch/a%20b', routeKey: 'ANY /oauth/fetch/{ticket}', pathParameters: { ticket: 'a b' } },
    ]);
  });

  it('has requests wait for the functions', async () => {
    const late = Promise.withResolvers<GatewayHandlers>();
    const early = await startGateway({ ...OPTIONS, handlers: late.promise });
    const answer = fetch(`http://127.0.0.1:${early.port}/xapi/statements`);
    await sleep(50);
    late.resolve({ statements: async () => ({ statusCode: 204 }) });
    expect((await answer).status).toBe(204);
    await early.stop(0);
  });

  it('answers 404 by itself', async () => {
    const missing = await fetch(`http://127.0.0.1:${gateway.port}/elsewhere`);
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'resource-not-found' }]);
  });

  it.each([
    [7 * MB, 'application/json'],
    [5 * MB, 'image/png'],
    [11 * MB, 'image/png'],
    [30 * MB, 'image/png'],
  ])('answers 413 to %i bytes of %s', async (size, type) => {
    const response = await send({ method: 'POST', body: Buffer.alloc(size, 'a'), headers: { 'content-type': type } });
    expect([response.status, await response.json()]).toMatchObject([413, { code: 'request-too-large' }]);
    expect(events).toEqual([]);
  });

  it('answers 414 and 431 to a long head', async () => {
    const long = await fetch(`http://127.0.0.1:${gateway.port}/xapi/statements?${'a'.repeat(11_000)}`);
    expect(long.status).toBe(414);
    expect((await send({ headers: { 'x-long': 'a'.repeat(11_000) } })).status).toBe(431);
    expect((await send()).status).toBe(200);
  });

  it.each<[string, GatewayHandler]>([
    ['throws', () => Promise.reject(new Error('secret detail'))],
    ['returns more than 6 MB', async () => ({ statusCode: 200, body: 'a'.repeat(7 * MB) })],
    ['returns a header that HTTP cannot carry', async () => ({ statusCode: 200, headers: { 'x-y': 'ü\n' } })],
  ])('answers 500, without details, when the function %s', async (_, broken) => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    handler = broken;
    const response = await send();
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ code: 'internal-error', message: expect.not.stringContaining('secret') });
    expect(log).toHaveBeenCalledOnce();
  });

  it('finishes requests in flight before it stops, and takes no new ones', async () => {
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    handler = async () => {
      started.resolve();
      await finish.promise;
      return { statusCode: 200, body: 'finished' };
    };
    const inFlight = send();
    const idle = connect(gateway.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.on('error', () => {});
    await started.promise;
    const stopped = gateway.stop(5_000);
    await expect(send()).rejects.toThrow('fetch failed');
    finish.resolve();
    expect(await (await inFlight).text()).toBe('finished');
    await stopped;
    gateway = { port: 0, stop: () => Promise.resolve() };
  });

  it('survives a client that goes away in the middle of a request', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write('POST /xapi/statements HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    expect((await send()).status).toBe(200);
  });
});

function send(init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${gateway.port}/xapi/statements`, init);
}
