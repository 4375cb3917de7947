import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LrsWithTokens, startLrsWithTokens } from './lrs-with-tokens.ts';
import { jsonOf } from '#test/support/function-handlers.ts';

let lrs: LrsWithTokens;

function fetchWith(ticket: string, method = 'POST'): Promise<APIGatewayProxyStructuredResultV2> {
  return lrs.oauth.send({ method, path: `/oauth/fetch/${ticket}` });
}

describe('POST /oauth/fetch/{ticket} (cmi5, 8.2)', () => {
  beforeAll(async () => {
    lrs = await startLrsWithTokens();
  });
  afterAll(() => lrs[Symbol.asyncDispose]());

  it('gives the token once, as what content puts behind Basic', async () => {
    const ticket = await lrs.oauth.aTicket();
    const result = await fetchWith(ticket);
    expect(result).toMatchObject({
      statusCode: 200,
      headers: {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-store',
        'Access-Control-Allow-Origin': '*',
      },
    });
    const { 'auth-token': authToken }: { readonly 'auth-token': string } = JSON.parse(result.body ?? '');
    expect(await lrs.statusWith(`Basic ${authToken}`, 'POST')).toBe(200);
    expect(await lrs.statusWith(`Basic ${authToken}`)).toBe(403);
    const again = await fetchWith(ticket);
    expect(again.statusCode).toBe(200);
    expect(jsonOf(again)).toEqual({
      'error-code': '1',
      'error-text': 'The authorization token has already been returned.',
    });
  });

  it('gives the token to one of 50 that come at once', async () => {
    await lrs.aToken();
    const ticket = await lrs.oauth.aTicket();
    const results = await Promise.all(Array.from({ length: 50 }, () => fetchWith(ticket)));
    const given = results.filter(({ body = '' }) => body.includes('auth-token'));
    expect(given).toHaveLength(1);
    expect(results.filter(({ body = '' }) => body.includes('"error-code":"1"'))).toHaveLength(49);
  });

  it('gives a token whose life began when it was asked for, with the limits that it got', async () => {
    const begun = lrs.clock.now;
    const ticket = await lrs.oauth.aTicket({ minutes: 20, limits: { activity: 'http://example.com/course' } });
    lrs.clock.now += 10 * 60_000;
    const { 'auth-token': authToken }: { readonly 'auth-token': string } = JSON.parse(
      (await fetchWith(ticket)).body ?? '',
    );
    const [, payload = ''] = Buffer.from(authToken, 'base64').toString().split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iat: begun / 1_000,
      exp: begun / 1_000 + 1_200,
      limits: { activity: 'http://example.com/course' },
    });
  });

  it('gives nothing after 15 minutes, or when the token has expired', async () => {
    const [slow, short] = await Promise.all([lrs.oauth.aTicket(), lrs.oauth.aTicket({ minutes: 1 })]);
    lrs.clock.now += 60_000;
    expect(jsonOf(await fetchWith(short))).toMatchObject({ 'error-code': '1' });
    lrs.clock.now += 14 * 60_000;
    expect(jsonOf(await fetchWith(slow))).toEqual({ 'error-code': '1', 'error-text': 'The URL has expired.' });
  });

  it.each(['unknown', 'A'.repeat(43), 'A'.repeat(5_000), '%00', 'ä'])('does not know the ticket %s', async (ticket) => {
    const result = await fetchWith(ticket);
    expect(result.statusCode).toBe(200);
    expect(jsonOf(result)).toEqual({ 'error-code': '2', 'error-text': expect.any(String) });
  });

  it('does not answer GET, which may be cached or sent ahead', async () => {
    const ticket = await lrs.oauth.aTicket();
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const result = await fetchWith(ticket, method);
      expect(result).toMatchObject({ statusCode: 405, headers: { Allow: 'POST, OPTIONS' } });
    }
    expect(jsonOf(await fetchWith(ticket, 'GET'))).toMatchObject({ 'error-code': '3' });
    expect((await fetchWith(ticket)).body).toContain('auth-token');
  });

  it('lets pages of any origin ask', async () => {
    const preflight = await lrs.oauth.send({ method: 'OPTIONS', path: '/oauth/fetch/x' });
    expect(preflight).toMatchObject({ statusCode: 204, headers: { 'Access-Control-Allow-Origin': '*' } });
  });
});
