import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCredential } from '#test/support/credentials.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type LrsUnderAttack, lrsUnderAttack } from './lrs-under-attack.ts';

const ODD_SECRET = 'pä:ss:wörd ✓ with spaces and 😀';

let lrs: LrsUnderAttack;

beforeAll(async () => {
  lrs = await lrsUnderAttack([aCredential(), aCredential({ key: 'schlüssel ✓', secret: ODD_SECRET })]);
});

const asks = async (authorization: string | undefined): Promise<unknown> =>
  (await lrs.ask(authorization)).headers?.['WWW-Authenticate'];

describe('the header Authorization', () => {
  it('lets in a key and a secret in any characters, colons in the secret included', async () => {
    expect(await lrs.ask(basic('schlüssel ✓', ODD_SECRET))).toMatchObject({ statusCode: 200 });
    expect(await lrs.ask(basic('schlüssel ✓', 'pä'))).toMatchObject({ statusCode: 401 });
  });

  it.each([
    [undefined, /missing/u],
    ['', /neither/u],
    ['Basic', /neither/u],
    ['Basic realm="xAPI"', /not base64/u],
    [`${basic('key', 'secret')}, ${basic('key', 'secret')}`, /neither/u],
    ['Basic %%%', /not base64/u],
    [`Basic ${Buffer.from('no colon').toString('base64')}`, /without the colon/u],
    [`Basic ${Buffer.from(':secret').toString('base64')}`, /no key/u],
    [`Basic ${Buffer.from('kéy:secret', 'latin1').toString('base64')}`, /not UTF-8/u],
    [`Basic ${'YTpi'.repeat(5_000)}`, /longer than/u],
    ['Bearer', /neither/u],
    ['Bearer {"iss":"me"}', /not a token/u],
    ['Bearer a.b.c', /not a signed JWT/u],
    [`Bearer ${'a'.repeat(4_000)}.${'b'.repeat(4_000)}.${'c'.repeat(2_240)}`, /not a signed JWT/u],
    [basic('token', `${'a'.repeat(4_000)}.${'b'.repeat(4_000)}.${'c'.repeat(2_240)}`), /not a signed JWT/u],
    [basic('token', ''), /not a signed JWT/u],
    [basic('x'.repeat(3_000), 'secret'), /unknown/u],
    [basic('\u0000', '\u0000'), /unknown/u],
  ])('gets 401 and the reason as %o', async (authorization, why) => {
    const refused = await lrs.ask(authorization);
    expect(refused).toMatchObject({ statusCode: 401, headers: { 'X-Experience-API-Version': '1.0.3' } });
    expect(jsonOf(refused)).toMatchObject({ code: 'not-authenticated', message: expect.stringMatching(why) });
  });

  it('is never more than refused, whatever it is', async () => {
    const tokens = fc
      .array(fc.oneof(fc.json(), fc.string(), fc.constant('{"iss":"urn:serverless-lrs:test"}')), { maxLength: 4 })
      .map((parts) => parts.map((part) => Buffer.from(part).toString('base64url')).join('.'));
    const headers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.constantFrom('Basic', 'bearer', 'BASIC', 'Digest'), fc.string()).map((words) => words.join(' ')),
      fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })).map(([key, secret]) => basic(key, secret)),
      tokens.map((token) => `Bearer ${token}`),
      tokens.map((token) => basic('token', token)),
    );
    await fc.assert(
      fc.asyncProperty(headers, async (authorization) => {
        const { statusCode } = await lrs.ask(authorization);
        expect([401, 403, 429]).toContain(statusCode);
      }),
      { numRuns: 100 },
    );
    expect(lrs.log.join('\n')).not.toContain('"level":"error"');
  });

  it('is answered with what would be taken (RFC 7617, 2; RFC 6750, 3)', async () => {
    const both = 'Basic realm="xAPI", charset="UTF-8", Bearer realm="xAPI"';
    expect(await asks(undefined)).toBe(both);
    expect(await asks(basic('key', 'wrong'))).toBe(both);
    expect(await asks('Bearer a.b.c')).toBe(`${both}, error="invalid_token"`);
  });
});

describe('a request without a version', () => {
  it('is refused for who sends it before it is refused for the version', async () => {
    const headers = { 'x-experience-api-version': undefined };
    const [nobody, somebody] = [
      await lrs.ask(undefined, { headers }),
      await lrs.ask(basic('key', 'secret'), { headers }),
    ];
    expect(nobody).toMatchObject({ statusCode: 401, headers: { 'X-Experience-API-Version': '0.95' } });
    expect(somebody).toMatchObject({ statusCode: 400, headers: { 'X-Experience-API-Version': '0.95' } });
  });

  it('of one that is not spoken is refused whoever sends it', async () => {
    const headers = { 'x-experience-api-version': '3.0' };
    expect(await lrs.ask(undefined, { headers })).toMatchObject({ statusCode: 400 });
  });
});
