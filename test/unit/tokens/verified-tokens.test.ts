import { beforeEach, describe, expect, it } from 'vitest';
import type { PublicJwk } from '#storage/signing-keys.ts';
import { aSigner, ISSUER, published, someClaims } from '#test/support/tokens.ts';
import { makeKey, publicHalf, signJwt } from '#tokens/sign-jwt.ts';
import { payloadOf } from '#tokens/token-payload.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { hashOfToken, VerifiedTokens } from '#tokens/verified-tokens.ts';
import { verifyOwnToken } from '#tokens/verify-own-token.ts';

const JWK: PublicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'a', use: 'sig', alg: 'ES256' };
const TOKEN = { jwk: JWK, claims: someClaims() };
const { issued, expires } = TOKEN.claims;

let now: number;

beforeEach(() => {
  now = issued;
});

describe('VerifiedTokens', () => {
  it('keep a token for the time for which it is good', () => {
    const tokens = new VerifiedTokens();
    tokens.add('hash', TOKEN);
    expect(tokens.get('hash', issued - 1)).toBeUndefined();
    expect(tokens.get('hash', issued)).toBe(TOKEN);
    expect(tokens.get('hash', expires - 1)).toBe(TOKEN);
    expect(tokens.get('hash', expires)).toBeUndefined();
    expect(tokens.get('hash', issued)).toBeUndefined();
  });

  it('keep none for longer than a token lives', () => {
    const tokens = new VerifiedTokens();
    tokens.add('hash', { jwk: JWK, claims: someClaims({ expires: issued + 172_800_000 }) });
    expect(tokens.get('hash', issued + 86_400_000)).toBeUndefined();
  });

  it('forget that which was used the longest ago when they are too many', () => {
    const tokens = new VerifiedTokens(2);
    tokens.add('a', TOKEN);
    tokens.add('b', TOKEN);
    tokens.get('a', now);
    tokens.add('c', TOKEN);
    expect(['a', 'b', 'c'].filter((hash) => tokens.get(hash, now) !== undefined)).toEqual(['a', 'c']);
  });
});

describe('a token that was verified', () => {
  it('is known, by its issuer, and another text is not', async () => {
    const signer = await aSigner(() => now);
    const { deps } = signer;
    const token = await signer.sign();
    const { verified } = deps.keys;
    expect(await verifyOwnToken(token, deps)).toEqual(someClaims());
    expect(verified.get(hashOfToken(token, ISSUER), now)?.claims).toEqual(someClaims());
    expect(await verifyOwnToken(token, deps)).toBe(verified.get(hashOfToken(token, ISSUER), now)?.claims);
    expect(await verifyOwnToken(token, { ...deps, issuer: 'urn:serverless-lrs:other' })).toBe('malformed');
    const [head, payload, signature = ''] = token.split('.');
    const other = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await verifyOwnToken(other, deps)).toBe('wrong-signature');
    expect(verified.get(hashOfToken(other, ISSUER), now)).toBeUndefined();
  });

  it('is refused when its time is over, and when its key goes or becomes another', async () => {
    const key = await makeKey();
    let keys = published([{ jwk: publicHalf(key), signsFrom: 0 }]);
    const deps = { keys: new VerificationKeys({ published: async () => keys }, () => now), issuer: ISSUER };
    const verify = (token: string) => verifyOwnToken(token, { ...deps, now: () => now });
    const token = await signJwt(payloadOf(someClaims()), key, ISSUER);
    expect(await verify(token)).toEqual(someClaims());
    now = expires + 5_000;
    expect(await verify(token)).toBe('expired');
    now = issued;
    expect(await verify(token)).toEqual(someClaims());
    keys = published([{ jwk: { ...publicHalf(await makeKey()), kid: key.kid }, signsFrom: 0 }], 2);
    now += 30_000;
    expect(await verify(token)).toBe('wrong-signature');
    keys = published([], 3);
    now += 30_000;
    expect(await verify(token)).toBe('unknown-key');
  });
});
