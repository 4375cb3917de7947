import { createHmac, createPublicKey } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { importJWK, SignJWT } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeKey, publicHalf, signJwt } from '#tokens/sign-jwt.ts';
import { aCredential } from '#test/support/credentials.ts';
import { TEST_ISSUER } from '#test/support/function-handlers.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type OwnTokens, ownTokens } from '#test/support/own-tokens.ts';
import { type LrsUnderAttack, lrsUnderAttack, REVOKED } from './lrs-under-attack.ts';

let lrs: LrsUnderAttack;
let own: OwnTokens;

beforeAll(async () => {
  lrs = await lrsUnderAttack();
  own = await ownTokens(lrs.tables, lrs.now);
});

beforeEach(async () => {
  await lrs.replace(aCredential());
  lrs.pass(REVOKED);
});

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims of a token, with others in their place; signed by whatever `sign` gives. */
async function forged(
  header: object,
  sign: (signed: string) => string = () => 'AA',
  claims: object = {},
): Promise<string> {
  const [, good = ''] = (await own.sign()).split('.');
  const signed = `${encoded(header)}.${encoded({ ...JSON.parse(Buffer.from(good, 'base64url').toString()), ...claims })}`;
  return `${signed}.${sign(signed)}`;
}

const REFUSED = { statusCode: 401, headers: { 'WWW-Authenticate': expect.stringContaining('invalid_token') } };

const ask = (token: string): Promise<APIGatewayProxyStructuredResultV2> => lrs.ask(`Bearer ${token}`);

describe('a token of this LRS', () => {
  it('lets in as Bearer, and as the password of the user "token"', async () => {
    const token = await own.sign();
    expect(await ask(token)).toMatchObject({ statusCode: 200 });
    expect(await lrs.ask(basic('token', token))).toMatchObject({ statusCode: 200 });
  });

  it('has no more scopes than its credential has by now', async () => {
    const token = await own.sign({ scopes: ['all', 'admin', 'statements/read'] });
    await lrs.replace(aCredential({ scopes: ['state'] }));
    lrs.pass(REVOKED);
    expect(await ask(token)).toMatchObject({ statusCode: 403 });
  });

  it.each([
    ['without a signature', { alg: 'none' }, ''],
    ['without a signature, but with something in its place', { alg: 'none' }, 'AA'],
    ['with alg None', { alg: 'None', typ: 'at+jwt' }, 'AA'],
  ])('%s is refused', async (_, header, signature) => {
    expect(await ask(await forged({ ...header, kid: own.key.kid }, () => signature))).toMatchObject(REFUSED);
  });

  it('is refused when the public key was taken for a secret', async () => {
    const { d: _, ...jwk } = own.key;
    const pem: string | Buffer = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    for (const secret of [String(pem), JSON.stringify(jwk), jwk.x]) {
      const hmac = (signed: string): string => createHmac('sha256', secret).update(signed).digest('base64url');
      for (const alg of ['HS256', 'ES256']) {
        expect(await ask(await forged({ alg, typ: 'at+jwt', kid: own.key.kid }, hmac))).toMatchObject(REFUSED);
      }
    }
  });

  it('is refused when signed with another key, wherever that is said to be', async () => {
    const other = await makeKey();
    const claims = { sub: 'key', client_id: 'key', store: 'default', scope: 'all', jti: 'x', iat: 1, exp: 1e10 };
    expect(await ask(await signJwt(claims, other, TEST_ISSUER))).toMatchObject(REFUSED);
    expect(await ask(await signJwt(claims, { ...other, kid: own.key.kid }, TEST_ISSUER))).toMatchObject(REFUSED);
    const header = {
      alg: 'ES256',
      typ: 'at+jwt',
      kid: other.kid,
      jwk: publicHalf(other),
      jku: 'https://example.com/keys',
    };
    expect(
      await ask(
        await new SignJWT({ ...claims, iss: TEST_ISSUER, aud: TEST_ISSUER })
          .setProtectedHeader(header)
          .sign(await importJWK(other, 'ES256')),
      ),
    ).toMatchObject(REFUSED);
  });

  it.each([
    ['with claims that were changed', { scope: 'admin' }],
    ['of another issuer', { iss: 'urn:serverless-lrs:other' }],
  ])('%s is refused', async (_, claims) => {
    const [header = '', , signature = ''] = (await own.sign()).split('.');
    expect(
      await ask(await forged(JSON.parse(Buffer.from(header, 'base64url').toString()), () => signature, claims)),
    ).toMatchObject(REFUSED);
  });

  it('is refused with extensions that are to be understood (RFC 7515, 4.1.11)', async () => {
    expect(
      await ask(await forged({ alg: 'ES256', typ: 'at+jwt', kid: own.key.kid, crit: ['exp'], exp: 1 })),
    ).toMatchObject(REFUSED);
  });

  it.each([
    ['has expired', { issued: -1_200_000, expires: -600_000 }, /expired/u],
    ['is not valid yet', { issued: 600_000, expires: 1_200_000 }, /not valid yet/u],
  ])('is refused when it %s', async (_, { issued, expires }, why) => {
    const now = lrs.now();
    const refused = await ask(await own.sign({ issued: now + issued, expires: now + expires }));
    expect(refused).toMatchObject({ ...REFUSED, body: expect.stringMatching(why) });
  });

  it.each([
    ['was deleted', { credential: 'nobody' }, {}],
    ['is of another store by now', { store: 'other' }, {}],
    ['is disabled', {}, { disabled: true }],
    ['has expired', {}, { expires: 1 }],
    ['has revoked it', {}, { revokedTokens: [{ id: 'token-1', expires: Number.MAX_SAFE_INTEGER }] }],
    ['has revoked all that were issued before', {}, { tokensNotBefore: Number.MAX_SAFE_INTEGER }],
  ])('is refused when its credential %s, within the promised time', async (_, claims, changes) => {
    const token = await own.sign(claims);
    await ask(token);
    await lrs.replace(aCredential(changes));
    lrs.pass(REVOKED);
    expect(await ask(token)).toMatchObject({ ...REFUSED, body: expect.stringMatching(/revoked/u) });
  });

  it('is refused when there is nobody who could know its key', async () => {
    const fresh = await lrsUnderAttack();
    expect(await fresh.ask(`Bearer ${await own.sign()}`)).toMatchObject({ statusCode: 401 });
  });

  it('may be used by pages of the same origins as its credential', async () => {
    await lrs.replace(aCredential({ origins: ['https://lms.example.com'] }));
    lrs.pass(REVOKED);
    const token = await own.sign();
    const from = async (origin: string | undefined): Promise<unknown> =>
      (await lrs.ask(`Bearer ${token}`, { headers: { origin } })).statusCode;
    expect(await from('https://lms.example.com')).toBe(200);
    expect(await from(undefined)).toBe(200);
    expect(await from('https://evil.example.com')).toBe(403);
    expect(await from('null')).toBe(403);
  });
});
