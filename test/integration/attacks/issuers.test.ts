import { createHmac } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Issuer } from '#access/issuer.ts';
import { makeKey, publicHalf } from '#tokens/sign-jwt.ts';
import { jsonOf } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { anIssuer, type Condition, type OidcIssuer, startOidcIssuer } from '#test/support/oidc-issuer.ts';
import { aStatement } from '#test/support/statements.ts';
import { type LrsUnderAttack, lrsUnderAttack, putIssuer } from './lrs-under-attack.ts';

const MINUTE = 60_000;

let lrs: LrsUnderAttack;
let oidc: OidcIssuer;
const started: OidcIssuer[] = [];

beforeAll(async () => {
  lrs = await lrsUnderAttack();
});

afterAll(() => Promise.all(started.map((issuer) => issuer.stop())));

/** Starts an issuer, and registers it as given. */
async function anOidcIssuer(registered: Partial<Issuer> = {}, algorithm?: string): Promise<OidcIssuer> {
  const issuer = await startOidcIssuer({ now: lrs.now, ...(algorithm !== undefined && { algorithm }) });
  started.push(issuer);
  const id = `issuer-${started.length}`;
  await lrs.register(putIssuer(anIssuer({ id, issuer: issuer.url, ...registered })));
  return issuer;
}

const ask = async (token: string): Promise<number | undefined> => (await lrs.ask(`Bearer ${token}`)).statusCode;

const fetches = (issuer: OidcIssuer): number => issuer.requests.filter((path) => path === '/realm/keys').length;

describe('a token of another issuer', () => {
  beforeAll(async () => {
    oidc = await anOidcIssuer();
  });

  it('lets in as Bearer, and as the password of the user "token"', async () => {
    const token = await oidc.sign();
    expect(await ask(token)).toBe(200);
    expect((await lrs.ask(basic('token', token))).statusCode).toBe(200);
    expect(oidc.requests).toEqual(['/realm/.well-known/openid-configuration', '/realm/keys']);
  });

  it('is the authority of what is sent with it, and the log does not tell whose it is', async () => {
    const token = await oidc.sign({ sub: 'ann@example.com' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const stored = await lrs.send('/statements', { method: 'POST', headers, body: JSON.stringify(aStatement()) });
    expect(stored.statusCode).toBe(200);
    const [id] = Object.values(jsonOf(stored) ?? {});
    const read = await lrs.ask(`Bearer ${token}`, { query: { statementId: String(id) } });
    const account = { homePage: oidc.url, name: 'ann@example.com' };
    expect(jsonOf(read)).toMatchObject({ authority: { objectType: 'Agent', account } });
    expect(lrs.log.join()).toMatch(/"credential":"issuer-1:[0-9a-f]{16}"/u);
    expect(lrs.log.join()).not.toContain('ann@example.com');
  });

  it.each(['RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'])('may be signed with %s', async (algorithm) => {
    const issuer = await anOidcIssuer({}, algorithm);
    expect(await ask(await issuer.sign())).toBe(200);
  });

  it.each([
    ['another audience', { aud: 'other' }],
    ['other audiences', { aud: ['other', 'another'] }],
    ['no audience', { aud: undefined }],
    ['an audience that is no text', { aud: { lrs: true } }],
    ['another client', { aud: undefined, client_id: 'other' }],
    ['our client for another audience', { aud: 'other', client_id: 'lrs' }],
    ['another issuer', { iss: 'https://issuer.example.com' }],
    ['an issuer that is no text', { iss: ['https://issuer.example.com'] }],
    ['the issuer with a slash behind it', { iss: 'http://127.0.0.1/realm/' }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is no number', { exp: '9999999999' }],
    ['an expiry long ago', { exp: 1 }],
    ['a time from which it is valid that is to come', { nbf: 1e10 }],
    ['a time of issue that is to come', { iat: 1e10 }],
    ['no subject', { sub: undefined }],
  ])('with %s is refused', async (_, claims) => {
    const result = await lrs.ask(`Bearer ${await oidc.sign(claims)}`);
    expect(result).toMatchObject({ statusCode: 401 });
  });

  it.each([
    ['the claim exp is missing', { exp: undefined }, /claim exp is missing/u],
    ['the claim exp is no number', { exp: '9999999999' }, /claim exp is missing, or no number/u],
    ['the claim sub is missing', { sub: undefined }, /claim sub is missing/u],
  ])('is told when %s', async (_, claims, why) => {
    const refused = await lrs.ask(`Bearer ${await oidc.sign(claims)}`);
    expect(jsonOf(refused)).toMatchObject({ code: 'not-authenticated', message: expect.stringMatching(why) });
  });

  it.each([
    ['one of several audiences is ours', { aud: ['other', 'lrs'] }],
    ['it has no audience, but our client (Cognito)', { aud: undefined, client_id: 'lrs' }],
  ])('is taken when %s', async (_, claims) => {
    expect(await ask(await oidc.sign(claims))).toBe(200);
  });

  it('may differ from our clock by a minute, and no more', async () => {
    const seconds = Math.floor(lrs.now() / 1_000);
    expect(await ask(await oidc.sign({ exp: seconds - 50 }))).toBe(200);
    expect(await ask(await oidc.sign({ exp: seconds - 61 }))).toBe(401);
    expect(await ask(await oidc.sign({ nbf: seconds + 50, iat: seconds + 50 }))).toBe(200);
    expect(await ask(await oidc.sign({ nbf: seconds + 70 }))).toBe(401);
    expect(await ask(await oidc.sign({ iat: seconds + 70 }))).toBe(401);
  });

  it.each([
    ['critical extensions', { crit: ['exp'], exp: 1 }],
    ['another type', { typ: 'logout+jwt' }],
    ['a key that is not published', { kid: 'unknown' }],
  ])('with %s in its header is refused', async (_, header) => {
    const token = await oidc.sign({}, header).catch(() => undefined);
    const [, claims = '', signature = ''] = (await oidc.sign()).split('.');
    const forged = `${Buffer.from(JSON.stringify({ alg: 'RS256', ...header })).toString('base64url')}.${claims}.${signature}`;
    expect(await ask(token ?? forged)).toBe(401);
  });

  it.each(['JWT', 'at+jwt', 'application/at+JWT', undefined])('may have the type %s', async (typ) => {
    expect(await ask(await oidc.sign({}, { typ }))).toBe(200);
  });

  it.each([
    ['a logout', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
    ['an ID token of Cognito', { token_use: 'id' }],
    ['an ID token of Keycloak', { typ: 'ID' }],
    ['a refresh token of Keycloak', { typ: 'Refresh' }],
  ])('is refused when it is %s', async (_, claims) => {
    expect(await ask(await oidc.sign(claims))).toBe(401);
  });

  it.each([{ token_use: 'access' }, { typ: 'Bearer' }])('may say that it is for an API: %o', async (claims) => {
    expect(await ask(await oidc.sign(claims))).toBe(200);
  });

  it('is refused without a signature, and when the public key was taken for a secret', async () => {
    const [, claims = ''] = (await oidc.sign()).split('.');
    const [jwk] = oidc.published;
    const head = (header: object): string => `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}`;
    expect(await ask(`${head({ alg: 'none' })}.`)).toBe(401);
    expect(await ask(`${head({ alg: 'none' })}.AA`)).toBe(401);
    for (const secret of [String(jwk?.n), JSON.stringify(jwk)]) {
      const signed = head({ alg: 'HS256', kid: jwk?.kid });
      expect(await ask(`${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`)).toBe(401);
    }
  });

  it('is refused when signed with the key of somebody else, wherever that is said to be', async () => {
    const other = await makeKey();
    const [jwk] = oidc.published;
    const where = {
      jwk: publicHalf(other),
      jku: 'https://evil.example.com/keys',
      x5u: 'https://evil.example.com/chain',
    };
    for (const kid of [jwk?.kid, other.kid]) {
      const token = new SignJWT({ iss: oidc.url, aud: 'lrs', sub: 'ann', exp: 1e10 })
        .setProtectedHeader({ alg: 'ES256', ...where, kid: kid ?? '' })
        .sign(await importJWK(other, 'ES256'));
      expect(await ask(await token)).toBe(401);
    }
    const stranger = await startOidcIssuer({ now: lrs.now });
    started.push(stranger);
    expect(await ask(await stranger.sign())).toBe(401);
    expect(await ask(await stranger.sign({ iss: oidc.url }))).toBe(401);
    expect(stranger.requests).toEqual([]);
  });

  it('is refused as long as its issuer is disabled', async () => {
    const issuer = await anOidcIssuer({ disabled: true });
    expect(await ask(await issuer.sign())).toBe(401);
    expect(issuer.requests).toEqual([]);
  });
});

describe('the claims of a token', () => {
  it('give scopes and a store by what the issuer is registered for', async () => {
    const issuer = await anOidcIssuer({
      scopes: { claim: ['realm_access', 'roles'], values: { teacher: ['statements/read'], content: ['state'] } },
      store: { claim: 'tenant', values: { one: 'default', two: 'two' } },
    });
    const asks = async (roles: unknown, tenant: unknown): Promise<number | undefined> =>
      ask(await issuer.sign({ realm_access: { roles }, tenant }));
    expect(await asks(['teacher'], 'one')).toBe(200);
    expect(await asks(['content'], 'one')).toBe(403);
    expect(await asks(['nobody'], 'one')).toBe(403);
    expect(await asks(undefined, 'one')).toBe(403);
    expect(await asks(['teacher'], 'three')).toBe(403);
    expect(await asks(['teacher'], 'default')).toBe(403);
    expect(await asks(['teacher'], undefined)).toBe(403);
    expect(await asks(['teacher'], ['one', 'two'])).toBe(403);
    expect(await asks(['constructor', '__proto__'], 'toString')).toBe(403);
  });

  it('show nothing of another store', async () => {
    const issuer = await anOidcIssuer({ store: { claim: 'tenant', values: { one: 'default', two: 'two' } } });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(aStatement());
    const mine = await lrs.send('/statements', { method: 'POST', headers, body });
    const query = { statementId: String(Object.values(jsonOf(mine) ?? {})[0]) };
    expect(await lrs.ask(`Bearer ${await issuer.sign({ tenant: 'one' })}`, { query })).toMatchObject({
      statusCode: 200,
    });
    expect(await lrs.ask(`Bearer ${await issuer.sign({ tenant: 'two' })}`, { query })).toMatchObject({
      statusCode: 404,
    });
  });

  it('say who is let in, but not what for', async () => {
    const issuer = await anOidcIssuer({ scopes: { claim: 'scope' } });
    const refused = await lrs.ask(`Bearer ${await issuer.sign({ scope: 'openid profile.read' })}`);
    expect(refused).toMatchObject({ statusCode: 403 });
    expect(jsonOf(refused)).toMatchObject({ code: 'not-permitted', message: expect.stringContaining('no scope') });
    expect(lrs.failures.at(-1)).toMatchObject({ reason: 'not-mapped' });
  });
});

describe('a token with too few scopes', () => {
  it('is told the one that is missing when it came as Bearer (RFC 6750, 3.1)', async () => {
    const issuer = await anOidcIssuer({ scopes: ['state'] });
    const token = await issuer.sign();
    expect(await lrs.ask(`Bearer ${token}`)).toMatchObject({
      statusCode: 403,
      headers: {
        'WWW-Authenticate': 'Bearer realm="xAPI", error="insufficient_scope", scope="statements/read/mine"',
      },
    });
    const refused = await lrs.ask(basic('token', token));
    expect(refused.statusCode).toBe(403);
    expect(refused.headers).not.toHaveProperty('WWW-Authenticate');
  });

  it('is never made more by the words of a role or a tenant', async () => {
    const issuer = await anOidcIssuer({
      scopes: { claim: 'roles', values: { boss: ['all'] } },
      store: { claim: 'tenant', values: { acme: 'default' } },
    });
    expect(await ask(await issuer.sign({ roles: 'boss', tenant: 'acme' }))).toBe(200);
    expect(await ask(await issuer.sign({ roles: 'not boss', tenant: 'acme' }))).toBe(403);
    expect(await ask(await issuer.sign({ roles: 'boss', tenant: 'acme training ltd' }))).toBe(403);
  });
});

describe('the keys of an issuer', () => {
  beforeEach(async () => {
    oidc = await anOidcIssuer();
    await ask(await oidc.sign());
  });

  it('are fetched again after ten minutes', async () => {
    lrs.pass(9 * MINUTE);
    expect(await ask(await oidc.sign())).toBe(200);
    expect(fetches(oidc)).toBe(1);
    lrs.pass(MINUTE);
    expect(await ask(await oidc.sign())).toBe(200);
    expect(fetches(oidc)).toBe(2);
  });

  it('are fetched again for one that is not known, but at most every 30 seconds', async () => {
    const old = await oidc.sign();
    await oidc.rotate();
    expect(await ask(await oidc.sign())).toBe(401);
    lrs.pass(30_000);
    expect(await ask(await oidc.sign())).toBe(200);
    expect(await ask(old)).toBe(401);
    expect(fetches(oidc)).toBe(2);
    for (let n = 0; n < 10; n += 1) expect(await ask(await oidc.sign({}, { kid: `unknown-${n}` }))).toBe(401);
    expect(fetches(oidc)).toBe(2);
  });

  it.each(['down', 'elsewhere', 'endless', 'garbled', 'impostor'] as const)(
    'are used for an hour when the issuer is %s',
    async (condition: Condition) => {
      oidc.condition = condition;
      lrs.pass(59 * MINUTE);
      expect(await ask(await oidc.sign())).toBe(200);
      lrs.pass(MINUTE);
      const unavailable = await lrs.ask(`Bearer ${await oidc.sign()}`);
      expect(unavailable).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '5' } });
      oidc.condition = 'well';
      lrs.pass(5_000);
      expect(await ask(await oidc.sign())).toBe(200);
    },
  );

  it('are no reason to refuse a token as long as they cannot be had', async () => {
    await oidc.rotate();
    oidc.condition = 'down';
    lrs.pass(30_000);
    expect(await ask(await oidc.sign())).toBe(503);
    const fresh = await lrsUnderAttack(undefined, lrs.now());
    await fresh.register(putIssuer(anIssuer({ issuer: oidc.url })));
    expect(await fresh.ask(`Bearer ${await oidc.sign()}`)).toMatchObject({ statusCode: 503 });
    expect(fresh.failures).toEqual([]);
  });

  it('are given up after three seconds, for all who wait for them at once', async () => {
    oidc.condition = 'silent';
    const fresh = await lrsUnderAttack(undefined, lrs.now());
    await fresh.register(putIssuer(anIssuer({ issuer: oidc.url })));
    const asked = oidc.requests.length;
    const token = await oidc.sign();
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: 5 }, () => fresh.ask(`Bearer ${token}`)));
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503, 503, 503]);
    expect(oidc.requests).toHaveLength(asked + 1);
  });

  it('may be where the issuer is registered to have them', async () => {
    const jwksUri = `${oidc.url}/keys`;
    const fresh = await lrsUnderAttack(undefined, lrs.now());
    await fresh.register(putIssuer(anIssuer({ issuer: oidc.url, jwksUri })));
    const asked = oidc.requests.length;
    expect(await fresh.ask(`Bearer ${await oidc.sign()}`)).toMatchObject({ statusCode: 200 });
    expect(oidc.requests.slice(asked)).toEqual(['/realm/keys']);
  });
});
