import { brotliCompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import type { MethodHandler } from '#http/methods.ts';
import { jsonReply, NO_CONTENT } from '#http/reply.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import { createPublicResource, createResource } from '#http/resource.ts';
import { createLogger } from '#runtime/logger.ts';
import { DEFAULT_STORE, type StoreSettings } from '#access/store.ts';
import { XapiError } from '#xapi/errors.ts';
import { anAuthenticator } from '#test/support/authenticators.ts';
import { aCredential, aStore } from '#test/support/credentials.ts';
import { anEvent, basic, type EventOptions } from '#test/support/gateway-events.ts';
import { NOT_COUNTED } from '#test/support/not-counted.ts';
import { readMetricRecords } from '#test/support/metric-records.ts';

const AUTHORIZED = { authorization: basic('key', 'secret') };

/** A resource that echoes its body on PUT and answers GET as the test says, with what it logs. */
function aResource(
  get: MethodHandler<AuthorizedRequest> = () => Promise.resolve(jsonReply('{}')),
  { defaultVersion }: StoreSettings = {},
): {
  readonly send: (options?: EventOptions) => Promise<APIGatewayProxyStructuredResultV2>;
  readonly lines: readonly string[];
} {
  const lines: string[] = [];
  const handler = createResource(
    'activities-state',
    { GET: get, PUT: ({ body }) => Promise.resolve({ ...NO_CONTENT, status: 200, body }) },
    {
      logger: createLogger(
        'debug',
        (line) => lines.push(line),
        () => 0,
      ),
      now: () => 0,
      ...NOT_COUNTED,
      authenticator: anAuthenticator({
        credentialOf: (key) =>
          key === 'nobody' ? undefined : aCredential({ scopes: [key === 'key' ? 'all' : 'define'] }),
      }),
      stores: {
        store: (id) => Promise.resolve(aStore({ id, ...(defaultVersion && { settings: { defaultVersion } }) })),
      },
    },
  );
  const send = ({ headers, ...options }: EventOptions = {}): Promise<APIGatewayProxyStructuredResultV2> =>
    handler(anEvent({ ...options, headers: { ...AUTHORIZED, ...headers } }));
  return { send, lines };
}

const bodyOf = ({ body = '' }: APIGatewayProxyStructuredResultV2): unknown => JSON.parse(body);

describe('every answer', () => {
  it.each([
    ['1.0', '1.0.3'],
    ['1.0.1', '1.0.3'],
    ['1.0.99', '1.0.3'],
    ['2.0', '2.0.0'],
    ['2.0.0', '2.0.0'],
  ])('to a request of version %s carries the version %s', async (asked, answered) => {
    const result = await aResource().send({ headers: { 'x-experience-api-version': asked } });
    expect(result).toMatchObject({ statusCode: 200, headers: { 'X-Experience-API-Version': answered } });
  });

  it.each([
    [undefined, '0.95'],
    ['0.9', '2.0.0'],
    ['1.1.0', '2.0.0'],
    ['1.0.x', '2.0.0'],
    ['2.1', '2.0.0'],
    ['', '2.0.0'],
  ])('refuses version %o with the version %s', async (asked, answered) => {
    const result = await aResource().send({ headers: { 'x-experience-api-version': asked } });
    expect(result).toMatchObject({ statusCode: 400, headers: { 'X-Experience-API-Version': answered } });
    expect(bodyOf(result)).toMatchObject({ code: 'version-unsupported', path: 'X-Experience-API-Version' });
  });

  it('to a request without a version carries the one that its store has for it', async () => {
    const headers = { 'x-experience-api-version': undefined };
    const { send } = aResource(undefined, { defaultVersion: '1.0.3' });
    expect(await send({ headers })).toMatchObject({
      statusCode: 200,
      headers: { 'X-Experience-API-Version': '1.0.3' },
    });
    const nobody = { ...headers, authorization: basic('nobody', 'secret') };
    expect(await send({ headers: nobody })).toMatchObject({
      statusCode: 401,
      headers: { 'X-Experience-API-Version': '0.95' },
    });
    expect(await send({ headers: { 'x-experience-api-version': '0.9' } })).toMatchObject({ statusCode: 400 });
  });

  it('carries the id of the request, what keeps browsers from running it, and what pages of other origins may read', async () => {
    const { headers } = await aResource().send();
    expect(headers).toMatchObject({
      'X-Request-Id': 'request-1',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': expect.stringContaining('sandbox'),
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': expect.stringContaining('X-Experience-API-Consistent-Through'),
    });
  });

  it('to HEAD is that to GET without the body', async () => {
    const get = await aResource().send();
    const head = await aResource().send({ method: 'HEAD' });
    expect(head).toEqual({ statusCode: get.statusCode, headers: get.headers });
  });
});

describe('OPTIONS', () => {
  it('is answered without version and credential', async () => {
    const result = await aResource().send({
      method: 'OPTIONS',
      headers: { authorization: undefined, 'x-experience-api-version': undefined },
    });
    expect(result).toMatchObject({
      statusCode: 204,
      headers: {
        Allow: 'GET, PUT, HEAD, OPTIONS',
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET, PUT, HEAD, OPTIONS',
        'Access-Control-Allow-Headers': expect.stringContaining('X-Experience-API-Version'),
        'Access-Control-Max-Age': '86400',
      },
    });
  });
});

const refused = (accept: string): Promise<APIGatewayProxyStructuredResultV2> =>
  aResource().send({ headers: { 'x-experience-api-version': '1.1', accept } });

describe('errors', () => {
  it('have a code, a sentence and the id of the request', async () => {
    const problem = { code: 'statement-invalid', message: 'Wrong.', path: '$.id', expected: 'a UUID' } as const;
    const { send } = aResource(() => Promise.reject(new XapiError(problem, { detail: 'secret' })));
    const result = await send();
    expect(result.statusCode).toBe(400);
    expect(bodyOf(result)).toEqual({ ...problem, requestId: 'request-1' });
  });

  it('that are defects show nothing but the id of the request, under which the log has the rest', async () => {
    const { send, lines } = aResource(() =>
      Promise.reject(new TypeError('internal detail', { cause: new Error('why') })),
    );
    const result = await send();
    expect(result.statusCode).toBe(500);
    expect(bodyOf(result)).toEqual({
      code: 'internal-error',
      message: expect.not.stringContaining('internal detail'),
      requestId: 'request-1',
    });
    expect(lines.join()).toContain('TypeError: internal detail');
    expect(lines.join()).toContain('caused by Error: why');
  });

  it('are text or a page for those who rather accept that', async () => {
    expect((await refused('text/plain')).headers).toMatchObject({ 'Content-Type': 'text/plain; charset=utf-8' });
    expect((await refused('text/html')).body).toContain('<h1>version-unsupported</h1>');
    expect((await refused('*/*')).headers).toMatchObject({ 'Content-Type': 'application/json' });
  });

  it('by overload say when to try again', async () => {
    const { send } = aResource(() =>
      Promise.reject(new XapiError({ code: 'overloaded', message: 'Later.' }, { retryAfter: 3 })),
    );
    expect(await send()).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '3' } });
  });

  it('by a method the resource does not have name those it has', async () => {
    expect(await aResource().send({ method: 'DELETE' })).toMatchObject({
      statusCode: 405,
      headers: { Allow: 'GET, PUT, HEAD, OPTIONS' },
    });
    expect(await aResource().send({ method: 'PATCH' })).toMatchObject({ statusCode: 405 });
  });

  it('by who it is are 401 and ask for Basic', async () => {
    const result = await aResource().send({ headers: { authorization: basic('nobody', 'secret') } });
    expect(result).toMatchObject({
      statusCode: 401,
      headers: { 'WWW-Authenticate': expect.stringContaining('Basic') },
    });
  });

  it('by what they may are 403', async () => {
    const result = await aResource().send({ headers: { authorization: basic('definer', 'secret') } });
    expect(result.statusCode).toBe(403);
    expect(bodyOf(result)).toMatchObject({
      code: 'not-permitted',
      message: expect.stringContaining('may not read activities/state:'),
      expected: 'one of the scopes state, all/read, all',
    });
  });
});

describe('the log', () => {
  it('has a line per request without its query string', async () => {
    const { send, lines } = aResource();
    await send({ query: { agent: '{"mbox":"mailto:learner@example.com"}' } });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        level: 'info',
        timestamp: '1970-01-01T00:00:00.000Z',
        message: 'request',
        requestId: 'request-1',
        resource: 'activities-state',
        method: 'GET',
        status: 200,
        version: '1.0.3',
        store: DEFAULT_STORE,
        credential: 'key',
        Latency: 0,
        ColdStarts: 1,
      },
    ]);
  });

  it('has nothing of what the client chose freely', async () => {
    const { send, lines } = aResource();
    const learner = { path: '/xapi/learner', method: 'LEARNER', query: 'learner', headers: { accept: 'learner' } };
    await send(learner);
    await send({ ...learner, method: 'GET', headers: { authorization: basic('nobody', 'learner') } });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { method: 'other', status: 405, code: 'method-not-allowed' },
      { method: 'GET', status: 401, code: 'not-authenticated' },
    ]);
    expect(lines.join()).not.toMatch(/learner|secret|nobody/iu);
  });

  it('counts the first request of a process as a cold start, and no other', async () => {
    const { send, lines } = aResource();
    await send();
    await send();
    expect(lines.map((line) => 'ColdStarts' in JSON.parse(line))).toEqual([true, false]);
  });

  it('has the code of a refusal on the line of the request, and no other line', async () => {
    const { send, lines } = aResource();
    await send({ method: 'HEAD', headers: { 'x-experience-api-version': '1.1' } });
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { message: 'request', status: 400, code: 'version-unsupported', ClientErrors: 1 },
    ]);
  });

  it('tells of overload and defects by a line before that of the request', async () => {
    const overloaded = new XapiError({ code: 'overloaded', message: 'Later.' }, { detail: 'throttled' });
    const first = aResource(() => Promise.reject(overloaded));
    await first.send();
    expect(first.lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'warn', message: 'overloaded', requestId: 'request-1', detail: 'throttled' },
      { level: 'info', message: 'request', status: 503, code: 'overloaded', ServerErrors: 1 },
    ]);
    const second = aResource(() => Promise.reject(new Error('a defect')));
    await second.send();
    expect(second.lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'error', message: 'failed', requestId: 'request-1', ErrorsLogged: 1 },
      { level: 'info', message: 'request', status: 500, code: 'internal-error', ServerErrors: 1 },
    ]);
  });
});

describe('bodies of requests', () => {
  it.each([
    ['gzip', gzipSync('text')],
    ['GZIP', gzipSync('text')],
    ['br', brotliCompressSync('text')],
    ['deflate', deflateSync('text')],
    ['identity', Buffer.from('text')],
  ])('are decompressed from %s', async (coding, body) => {
    const result = await aResource().send({ method: 'PUT', headers: { 'content-encoding': coding }, body });
    expect(Buffer.from(result.body ?? '', 'base64').toString()).toBe('text');
  });

  it.each([
    ['zstd', 'text', 400, 'header-invalid'],
    ['gzip, br', 'text', 400, 'header-invalid'],
    ['constructor', 'text', 400, 'header-invalid'],
    ['gzip', 'text', 400, 'body-invalid'],
    ['gzip', gzipSync('text').subarray(0, 15), 400, 'body-invalid'],
    ['gzip', gzipSync(Buffer.alloc(17 * 1024 * 1024)), 413, 'request-too-large'],
    ['br', brotliCompressSync(Buffer.alloc(17 * 1024 * 1024)), 413, 'request-too-large'],
  ])('are refused as %s when they are not', async (coding, body, status, code) => {
    const result = await aResource().send({ method: 'PUT', headers: { 'content-encoding': coding }, body });
    expect(result.statusCode).toBe(status);
    expect(bodyOf(result)).toMatchObject({ code });
  });
});

describe('bodies of answers', () => {
  const large = JSON.stringify({ text: 'text '.repeat(1_000) });

  it('are compressed when the client accepts it', async () => {
    const { send } = aResource(() => Promise.resolve(jsonReply(large, { ETag: '"1"' })));
    const result = await send({ headers: { 'accept-encoding': 'gzip' } });
    expect(result.headers).toMatchObject({ 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding', ETag: 'W/"1"' });
    expect(gunzipSync(Buffer.from(result.body ?? '', 'base64')).toString()).toBe(large);
  });

  it.each([
    ['the client does not accept it', large, {}, 'application/json'],
    ['they are small', '{}', { 'accept-encoding': 'br' }, 'application/json'],
    ['they are no text', large, { 'accept-encoding': 'br' }, 'image/png'],
  ])('are left as they are when %s', async (_, body, headers, type) => {
    const { send } = aResource(() => Promise.resolve({ status: 200, headers: { 'Content-Type': type }, body }));
    const result = await send({ headers });
    expect(result.headers).not.toHaveProperty('Content-Encoding');
    expect(result.body).toBe(body);
  });

  it('travel as base64 when they are long, because JSON may double them', async () => {
    const text = JSON.stringify('"'.repeat(1_000_000));
    const { send } = aResource(() => Promise.resolve(jsonReply(text)));
    const result = await send();
    expect(result.isBase64Encoded).toBe(true);
    expect(Buffer.from(result.body ?? '', 'base64').toString()).toBe(text);
  });
});

describe('a function about to time out', () => {
  it('asks the client to send the request again, and logs it', async () => {
    const lines: string[] = [];
    const handler = createPublicResource(
      'about',
      { GET: () => new Promise(() => {}) },
      {
        logger: createLogger(
          'error',
          (line) => lines.push(line),
          () => 0,
          'lrs',
        ),
        now: () => 0,
      },
    );
    const result = await handler(anEvent(), { getRemainingTimeInMillis: () => 510 });
    expect(result).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
    expect(lines.flatMap(readMetricRecords)).toMatchObject([
      { name: 'Latency' },
      { name: 'ServerErrors', value: 1, dimensions: { resource: 'about' } },
      { name: 'ColdStarts' },
    ]);
  });
});
