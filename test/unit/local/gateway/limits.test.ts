import { describe, expect, it } from 'vitest';
import { toEvent } from '#local/gateway/event.ts';
import { isLargeResult, refuseLargeBody, refuseLargeEvent, refuseLongHead } from '#local/gateway/limits.ts';
import { aGatewayRequest } from '#test/support/gateway-requests.ts';

const MB = 1024 * 1024;

function eventWith(size: number, type: string) {
  const request = aGatewayRequest({ body: Buffer.alloc(size, 'a'), rawHeaders: ['Content-Type', type] });
  return toEvent(request, { requestId: 'r', now: 0, routeKey: 'POST /xapi/statements' });
}

describe('the limits of the gateway', () => {
  it('let a request line and headers of 10,240 bytes through', () => {
    const request = aGatewayRequest({ rawHeaders: [] });
    const line = 'GET /xapi/statements HTTP/1.1\r\n'.length;
    const fits = { ...request, rawHeaders: ['x', 'v'.repeat(10_240 - line - 5)] };
    expect(refuseLongHead(fits)).toBeUndefined();
    expect(refuseLongHead({ ...fits, rawHeaders: [...fits.rawHeaders, 'y', ''] })).toMatchObject({ status: 431 });
  });

  it('answer 414 when the request line alone is too long', () => {
    const request = aGatewayRequest({ target: `/xapi/statements?agent=${'a'.repeat(10_240)}` });
    expect(refuseLongHead(request)).toMatchObject({ status: 414, code: 'request-too-large' });
  });

  it('let a body of 10 MB through', () => {
    expect(refuseLargeBody(10 * MB)).toBeUndefined();
    expect(refuseLargeBody(10 * MB + 1)).toMatchObject({ status: 413, code: 'request-too-large' });
  });

  it('count the base64 of a binary body', () => {
    expect(refuseLargeEvent(eventWith(5 * MB, 'application/json'))).toBeUndefined();
    expect(refuseLargeEvent(eventWith(5 * MB, 'image/png'))).toMatchObject({ status: 413 });
    expect(refuseLargeEvent(eventWith(6.1 * MB, 'application/json'))).toMatchObject({ status: 413 });
  });

  it('hold for results', () => {
    expect(isLargeResult({ statusCode: 200, body: 'a'.repeat(5 * MB) })).toBe(false);
    expect(isLargeResult({ statusCode: 200, body: 'a'.repeat(6.1 * MB) })).toBe(true);
  });
});
