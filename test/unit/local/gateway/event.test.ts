import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEvent } from '#local/gateway/event.ts';
import type { GatewayRequest } from '#local/gateway/gateway-request.ts';
import { aGatewayRequest } from '#test/support/gateway-requests.ts';

const IDENTITY = { requestId: 'r-1', now: Date.UTC(2030, 0, 31, 8, 5, 9), routeKey: 'GET /xapi/statements' };

function eventOf(request: Partial<GatewayRequest>) {
  return toEvent(aGatewayRequest(request), IDENTITY);
}

describe('a gateway event (payload format 2.0)', () => {
  it('has path and query string as sent', () => {
    const event = eventOf({ target: '/xapi/%73tatements?agent=%7B%22a%22%7D&x=1&x=a+b&y' });
    expect(event.rawPath).toBe('/xapi/%73tatements');
    expect(event.rawQueryString).toBe('agent=%7B%22a%22%7D&x=1&x=a+b&y');
    expect(event.queryStringParameters).toEqual({ agent: '{"a"}', x: '1,a b', y: '' });
  });

  it('has the values of variables in the path of its route, if that has any', () => {
    const pathParameters = { ticket: 'abc' };
    const event = toEvent(aGatewayRequest({ target: '/oauth/fetch/abc' }), { ...IDENTITY, pathParameters });
    expect(event).toMatchObject({ rawPath: '/oauth/fetch/abc', pathParameters });
    expect(eventOf({})).not.toHaveProperty('pathParameters');
  });

  it('has no parameters when there is no query string', () => {
    expect(eventOf({ target: '/xapi/statements' })).not.toHaveProperty('queryStringParameters');
    expect(eventOf({ target: '/xapi/statements' }).rawQueryString).toBe('');
  });

  it('keeps a second question mark in the query string', () => {
    expect(eventOf({ target: '/xapi/statements?a=b?c' }).rawQueryString).toBe('a=b?c');
  });

  it('has header names in lower case and joins equal ones by a comma', () => {
    const { headers } = eventOf({ rawHeaders: ['Host', 'h', 'X-One', 'a', 'x-one', 'b', 'Connection', 'close'] });
    expect(headers).toMatchObject({ host: 'h', 'x-one': 'a,b', 'x-forwarded-for': '127.0.0.1' });
    expect(headers).not.toHaveProperty('connection');
  });

  it.each(['__proto__', 'constructor', 'toString'])('has a header with the name %s as any other', (name) => {
    const { headers } = eventOf({ rawHeaders: [name, 'a', name, 'b'] });
    expect(Object.entries(headers)).toContainEqual([name.toLowerCase(), 'a,b']);
  });

  it('has cookies apart from the headers', () => {
    const event = eventOf({ rawHeaders: ['Cookie', 'a=1; b=2'] });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('says who asked, when and for what', () => {
    const { requestContext } = eventOf({ method: 'PUT', rawHeaders: ['Host', 'h', 'User-Agent', 'ua'] });
    expect(requestContext).toMatchObject({
      requestId: 'r-1',
      routeKey: 'GET /xapi/statements',
      stage: '$default',
      time: '31/Jan/2030:08:05:09 +0000',
      timeEpoch: IDENTITY.now,
      http: { method: 'PUT', path: '/xapi/statements', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'ua' },
    });
  });

  it('has the time of its own second', () => {
    const times = [0, 999, 1_000, 0].map((more) => {
      return toEvent(aGatewayRequest(), { ...IDENTITY, now: IDENTITY.now + more }).requestContext.time.slice(18, 20);
    });
    expect(times).toEqual(['09', '09', '10', '09']);
  });

  it.each(['text/plain', 'application/json', 'application/json; charset=utf-8', 'application/xml', 'TEXT/HTML'])(
    'carries %s as text',
    (type) => {
      const event = eventOf({ body: Buffer.from('{"ü":1}'), rawHeaders: ['Content-Type', type] });
      expect(event).toMatchObject({ body: '{"ü":1}', isBase64Encoded: false });
    },
  );

  it.each(['multipart/mixed; boundary=x', 'application/octet-stream', 'application/x-www-form-urlencoded', ''])(
    'carries %j in base64',
    (type) => {
      const event = eventOf({ body: Buffer.from('abc'), rawHeaders: ['Content-Type', type] });
      expect(event).toMatchObject({ body: 'YWJj', isBase64Encoded: true });
    },
  );

  it('carries compressed text in base64', () => {
    const rawHeaders = ['Content-Type', 'application/json', 'Content-Encoding', 'gzip'];
    expect(eventOf({ body: Buffer.from('abc'), rawHeaders }).isBase64Encoded).toBe(true);
  });

  it('has no body when none was sent', () => {
    expect(eventOf({})).not.toHaveProperty('body');
  });

  it('carries every body so that it can be had back', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('text/plain', 'application/json', 'image/png'), (bytes, type) => {
        const event = eventOf({ body: Buffer.from(bytes), rawHeaders: ['content-type', type] });
        const back = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
        expect(new Uint8Array(back)).toEqual(bytes);
      }),
    );
  });
});
