import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { bearer, expectRefused, partOf, START, type LrsWithTokens, startLrsWithTokens } from './lrs-with-tokens.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { KEY_AGE, LEAD } from '#tokens/key-lifecycle.ts';

let lrs: LrsWithTokens;

describe('a token', () => {
  beforeEach(async () => {
    lrs = await startLrsWithTokens();
  });
  afterEach(() => lrs[Symbol.asyncDispose]());

  it('is refused when it has expired', async () => {
    const token = await lrs.aToken();
    lrs.clock.now += 3_600_000 + 4_999;
    expect(await lrs.statusWith(bearer(token))).toBe(200);
    lrs.clock.now += 1;
    expect(await lrs.statusWith(bearer(token))).toBe(401);
  });

  it.each<[string, Partial<Credential>]>([
    ['the credential is disabled', { disabled: true }],
    ['the credential has expired', { expires: START }],
    ['the credential is of another store', { store: 'other' }],
    ['all tokens issued before are revoked', { tokensNotBefore: START + 1 }],
  ])('is refused within 30 s when %s', async (_, changes) => {
    const token = await lrs.aToken();
    expect(await lrs.statusWith(bearer(token))).toBe(200);
    await lrs.change(changes);
    lrs.clock.now += 30_000;
    expect(await lrs.statusWith(bearer(token))).toBe(401);
    expect(await lrs.statusWith(basic('token', token), 'POST')).toBe(401);
  });

  it('is refused by its id, and others of its credential are not', async () => {
    const [token, other] = [await lrs.aToken(), await lrs.aToken()];
    const { jti } = partOf(token, 'payload');
    await lrs.change({ revokedTokens: [{ id: String(jti), expires: lrs.clock.now + 3_600_000 }] });
    expect(await lrs.statusWith(bearer(token))).toBe(401);
    expect(await lrs.statusWith(bearer(other))).toBe(200);
  });

  it('loses the scopes that its credential loses', async () => {
    const token = await lrs.aToken({ scope: 'statements/write statements/read' });
    expect(await lrs.statusWith(bearer(token))).toBe(200);
    await lrs.change({ scopes: ['statements/write'] });
    lrs.clock.now += 30_000;
    expect(await lrs.statusWith(bearer(token))).toBe(403);
    expect(await lrs.statusWith(bearer(token), 'POST')).toBe(200);
  });

  it('is good for the store of its credential only', async () => {
    const token = await lrs.aToken({}, 'writer');
    await lrs.change({ key: 'writer', store: 'other' });
    expect(await lrs.statusWith(bearer(token), 'POST')).toBe(401);
  });

  it('outlives the rotation of the key that signed it', async () => {
    await lrs.aToken();
    lrs.clock.now += KEY_AGE;
    const before = await lrs.aToken();
    const kids = await lrs.publishedKids();
    expect(kids).toHaveLength(2);
    lrs.clock.now += LEAD;
    const after = await lrs.aToken();
    expect([partOf(after, 'header')['kid'], partOf(before, 'header')['kid']]).toEqual(kids);
    expect(await lrs.statusWith(bearer(before))).toBe(200);
    expect(await lrs.statusWith(bearer(after))).toBe(200);
  });

  it('ends within 30 s when its key has leaked', async () => {
    const before = await lrs.aToken();
    expect(await lrs.statusWith(bearer(before))).toBe(200);
    await lrs.oauth.rotateKeys(true);
    const after = await lrs.aToken();
    lrs.clock.now += 30_000;
    expect(await lrs.statusWith(bearer(before))).toBe(401);
    expect(await lrs.statusWith(bearer(after))).toBe(200);
  });
});

describe('GET /.well-known/jwks.json', () => {
  beforeEach(async () => {
    lrs = await startLrsWithTokens();
  });
  afterEach(() => lrs[Symbol.asyncDispose]());

  it('gives the public keys to everybody, for five minutes', async () => {
    await lrs.aToken();
    const result = await lrs.oauth.send({ path: '/.well-known/jwks.json' });
    expect(result).toMatchObject({
      statusCode: 200,
      headers: {
        'Content-Type': 'application/jwk-set+json',
        'Cache-Control': 'public, max-age=300',
        'Access-Control-Allow-Origin': '*',
      },
    });
    const text = expect.stringMatching(/^[\w-]{43}$/u);
    const jwk = { kty: 'EC', crv: 'P-256', x: text, y: text, kid: text, use: 'sig', alg: 'ES256' };
    expect(jsonOf(result)).toEqual({ keys: [jwk] });
  });

  it('gives none before the first token', async () => {
    expect(jsonOf(await lrs.oauth.send({ path: '/.well-known/jwks.json' }))).toEqual({ keys: [] });
  });

  it('answers HEAD as well, and no POST', async () => {
    const head = await lrs.oauth.send({ method: 'HEAD', path: '/.well-known/jwks.json' });
    expect(head).toMatchObject({ statusCode: 200 });
    expect(head.body).toBeUndefined();
    await expectRefused(lrs.oauth.send({ method: 'POST', path: '/.well-known/jwks.json' }), 'invalid_request', 405);
  });
});
