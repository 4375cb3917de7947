import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bearer,
  DAY,
  expectRefused,
  expectToken,
  GRANT,
  OWN,
  START,
  type LrsWithTokens,
  startLrsWithTokens,
} from './lrs-with-tokens.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';

const FORM_TYPE = 'application/x-www-form-urlencoded';

let lrs: LrsWithTokens;

describe('POST /oauth/token', () => {
  beforeAll(async () => {
    lrs = await startLrsWithTokens();
  });
  beforeEach(() => {
    // So that failures in one test do not count in the next.
    lrs.clock.now += 60_000;
  });
  afterAll(() => lrs[Symbol.asyncDispose]());

  it('gives a token for everything that the credential may do, for an hour', async () => {
    const result = await lrs.oauth.ask(GRANT, OWN);
    expect(result.statusCode).toBe(200);
    expect(jsonOf(result)).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/u),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'all admin',
    });
    expect(result.headers).toMatchObject({
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
      'Access-Control-Allow-Origin': '*',
    });
    const counts = { events: 1 };
    expect(lrs.oauth.counted).toEqual([{ store: 'default', action: 'tokens-issued', principal: 'key', counts }]);
  });

  it('gives a token that writes and reads, as Bearer and behind Basic', async () => {
    const token = await lrs.aToken();
    for (const authorization of [bearer(token), basic('token', token)]) {
      expect(await lrs.statusWith(authorization, 'POST')).toBe(200);
      expect(await lrs.statusWith(authorization)).toBe(200);
    }
  });

  it('gives the scopes that are asked for, once each', async () => {
    const result = await lrs.oauth.ask({ ...GRANT, scope: 'statements/write state statements/write' }, OWN);
    expect(jsonOf(result)).toMatchObject({ scope: 'statements/write state' });
    const token = expectToken(result);
    expect(await lrs.statusWith(bearer(token), 'POST')).toBe(200);
    expect(await lrs.statusWith(bearer(token))).toBe(403);
  });

  it('ends with the credential', async () => {
    lrs.clock.now = START + DAY - 600_000;
    const result = await lrs.oauth.ask(GRANT, { authorization: basic('short', 'secret') });
    expect(jsonOf(result)).toMatchObject({ expires_in: 600 });
  });

  it('takes key and secret from the body', async () => {
    expectToken(await lrs.oauth.ask({ ...GRANT, client_id: 'key', client_secret: 'secret' }));
    const odd = { client_id: 'odd %2B+key', client_secret: 'päss%20word+:&=' };
    expectToken(await lrs.oauth.ask({ ...GRANT, ...odd }));
  });

  it('takes key and secret from Basic, plain or encoded', async () => {
    const [key, secret] = ['odd %2B+key', 'päss%20word+:&='];
    expectToken(await lrs.oauth.ask(GRANT, { authorization: basic(key, secret) }));
    expectToken(
      await lrs.oauth.ask(GRANT, { authorization: basic(encodeURIComponent(key), encodeURIComponent(secret)) }),
    );
  });

  it('ignores parameters that it does not know, and those without a value', async () => {
    expectToken(await lrs.oauth.ask({ ...GRANT, audience: 'anybody', scope: '', client_secret: '' }, OWN));
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['the wrong secret', { authorization: basic('key', 'wrong') }],
    ['an unknown key', { authorization: basic('unknown', 'secret') }],
    ['a disabled credential', { authorization: basic('disabled', 'secret') }],
    ['no credential', {}],
    ['what is not Basic', { authorization: 'Digest x' }],
    ['Basic without base64', { authorization: 'Basic ???' }],
  ])('answers %s with invalid_client and a challenge', async (_, headers) => {
    const result = await expectRefused(lrs.oauth.ask(GRANT, headers), 'invalid_client', 401);
    expect(result.headers).toMatchObject({ 'WWW-Authenticate': 'Basic realm="oauth", charset="UTF-8"' });
  });

  it.each([
    { client_id: 'key', client_secret: 'wrong' },
    { client_id: 'key' },
    { client_id: 'unknown', client_secret: 'secret' },
    // Not the key `colon` with the secret `x:secret`, which is right.
    { client_id: 'colon:x', client_secret: 'secret' },
  ])('answers %j in the body with invalid_client', async (form) => {
    await expectRefused(lrs.oauth.ask({ ...GRANT, ...form }), 'invalid_client', 401);
  });

  it('says the same of an unknown key and of a wrong secret', async () => {
    const [unknown, wrong] = await Promise.all([
      lrs.oauth.ask(GRANT, { authorization: basic('unknown', 'secret') }),
      lrs.oauth.ask(GRANT, { authorization: basic('key', 'wrong') }),
    ]);
    expect(unknown.body).toBe(wrong.body);
    const unknownOrWrong = lrs.oauth.failures.slice(-2).map(({ reason }) => reason);
    expect(unknownOrWrong).toEqual(['unknown-or-wrong', 'unknown-or-wrong']);
  });

  it('gives no token for a token, however it is shown', async () => {
    const token = await lrs.aToken();
    const shown = [bearer(token), basic('token', token), basic('%74oken', token)];
    for (const authorization of shown)
      await expectRefused(lrs.oauth.ask(GRANT, { authorization }), 'invalid_client', 401);
    await expectRefused(lrs.oauth.ask({ ...GRANT, client_id: 'token', client_secret: token }), 'invalid_client', 401);
  });

  it('makes a source that fails too often wait', async () => {
    for (let count = 0; count < 30; count += 1) await lrs.oauth.ask(GRANT, { authorization: basic('unknown', 'x') });
    const refused = lrs.oauth.ask(GRANT, { authorization: basic('another', 'x') });
    const { headers } = await expectRefused(refused, 'temporarily_unavailable', 429);
    expect(headers).toHaveProperty('Retry-After');
  });

  it('gives no token to a page of another origin', async () => {
    const headers = { authorization: basic('pages', 'secret') };
    expectToken(await lrs.oauth.ask(GRANT, { ...headers, origin: 'https://lms.example.com' }));
    await expectRefused(
      lrs.oauth.ask(GRANT, { ...headers, origin: 'https://evil.example.com' }),
      'unauthorized_client',
    );
  });

  it.each(['statements/read', 'all', 'admin', 'unknown', 'state unknown', ' ', 'state  state', 'STATE'])(
    'refuses the scope %j, which the credential does not have',
    async (scope) => {
      const asked = lrs.oauth.ask({ ...GRANT, scope }, { authorization: basic('writer', 'secret') });
      await expectRefused(asked, 'invalid_scope');
    },
  );

  it.each([
    ['state profil  all', 'profil, an empty scope'],
    ['ä"\\', "?''"],
    ['x'.repeat(9_000), `${'x'.repeat(100)}...`],
  ])('says which scopes of %j it does not give, as far as they can be told', async (scope, told) => {
    const refused = await expectRefused(lrs.oauth.ask({ ...GRANT, scope }, OWN), 'invalid_scope');
    expect(jsonOf(refused)).toHaveProperty(
      'error_description',
      `The credential cannot give ${told} to a token, only these scopes, and what they include: all admin.`,
    );
  });

  it.each(['authorization_code', 'password', 'refresh_token', 'CLIENT_CREDENTIALS', '"\\ä'])(
    'refuses the grant type %s',
    async (grant) => {
      await expectRefused(lrs.oauth.ask({ grant_type: grant }, OWN), 'unsupported_grant_type');
    },
  );

  it.each<[string, string]>([
    ['no grant type', 'scope=state'],
    ['an empty grant type', 'grant_type='],
    ['a parameter that comes twice', 'grant_type=client_credentials&scope=all&scope=state'],
    ['an unknown parameter that comes twice', 'grant_type=client_credentials&x=1&x=1'],
    ['the secret in the body and Basic', 'grant_type=client_credentials&client_id=key&client_secret=secret'],
    ['what is not encoded', 'grant_type=%'],
    ['too many parameters', `grant_type=client_credentials&${'x&'.repeat(200)}`],
  ])('answers %s with invalid_request', async (_, form) => {
    await expectRefused(lrs.oauth.ask(form, OWN), 'invalid_request');
  });

  it('answers what is no form with invalid_request', async () => {
    const json = { ...OWN, 'content-type': 'application/json' };
    await expectRefused(lrs.oauth.ask(JSON.stringify(GRANT), json), 'invalid_request');
    await expectRefused(lrs.oauth.ask(GRANT, { ...OWN, 'content-type': undefined }), 'invalid_request');
    await expectRefused(lrs.oauth.ask({ ...GRANT, x: 'x'.repeat(20_000) }, OWN), 'invalid_request', 413);
    const headers = { ...OWN, 'content-type': FORM_TYPE };
    const bytes = { method: 'POST', path: '/oauth/token', headers, body: Buffer.from([0xff]) };
    await expectRefused(lrs.oauth.send(bytes), 'invalid_request');
  });

  it('takes nothing from the URL, where secrets end up in logs', async () => {
    const headers = { 'content-type': FORM_TYPE };
    const query = { ...GRANT, client_id: 'key', client_secret: 'secret' };
    const sent = { method: 'POST', path: '/oauth/token', query, headers };
    await expectRefused(lrs.oauth.send(sent), 'invalid_request');
  });

  it('answers POST alone, and says so to pages', async () => {
    const result = await expectRefused(lrs.oauth.send({ path: '/oauth/token' }), 'invalid_request', 405);
    expect(result.headers).toMatchObject({ Allow: 'POST, OPTIONS' });
    const preflight = await lrs.oauth.send({ method: 'OPTIONS', path: '/oauth/token' });
    expect(preflight).toMatchObject({ statusCode: 204, headers: { 'Access-Control-Allow-Methods': 'POST, OPTIONS' } });
  });
});

describe('the function of tokens', () => {
  beforeAll(async () => {
    lrs = await startLrsWithTokens();
  });
  afterAll(() => lrs[Symbol.asyncDispose]());

  it('knows no other paths', async () => {
    for (const path of ['/oauth', '/oauth/fetch/a/b', '/oauth/token/', '/']) {
      await expectRefused(lrs.oauth.send({ path, method: 'POST' }), 'invalid_request', 404);
    }
  });

  it('answers whatever is sent without failing', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    const base64 = text.map((pair) => `Basic ${Buffer.from(pair).toString('base64')}`);
    const form = fc
      .dictionary(fc.constantFrom('grant_type', 'scope', 'client_id', 'client_secret', 'x'), text)
      .map((parameters) => new URLSearchParams({ ...GRANT, ...parameters }).toString());
    const headers = fc.record({
      authorization: fc.oneof(text, base64, fc.constant(OWN.authorization), fc.constant(undefined)),
      'content-type': fc.oneof({ weight: 9, arbitrary: fc.constant(FORM_TYPE) }, { weight: 1, arbitrary: text }),
    });
    const path = fc.oneof(
      fc.constantFrom('/oauth/token', '/.well-known/jwks.json'),
      text.map((ticket) => `/oauth/fetch/${ticket}`),
    );
    const method = fc.constantFrom('POST', 'GET', 'PATCH', 'x');
    await fc.assert(
      fc.asyncProperty(path, method, headers, fc.oneof(form, text), async (path, method, headers, body) => {
        lrs.clock.now += 60_000;
        const { statusCode = 0, body: answer = '' } = await lrs.oauth.send({ path, method, headers, body });
        expect(statusCode).toBeLessThan(500);
        expect(() => JSON.parse(answer)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });

  it('logs neither tickets nor tokens nor secrets', async () => {
    const ticket = await lrs.oauth.aTicket();
    const token = await lrs.aToken();
    await lrs.oauth.send({ method: 'POST', path: `/oauth/fetch/${ticket}` });
    await lrs.oauth.send({ method: 'GET', path: `/oauth/fetch/${ticket}` });
    await lrs.oauth.ask(GRANT, { authorization: bearer(token) });
    await lrs.oauth.ask({ ...GRANT, client_id: 'key', client_secret: 'zyx-secret' });
    const lines = lrs.oauth.log.slice(-5);
    for (const secret of [ticket, token, 'zyx-secret']) expect(lines.join('\n')).not.toContain(secret);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ resource: 'oauth', store: 'default', credential: 'key' });
  });
});
