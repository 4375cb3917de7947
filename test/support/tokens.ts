import { payloadOf } from '#tokens/token-payload.ts';
import { incarnationOf } from '#access/incarnation.ts';
import type { TokenClaims } from '#access/token-claims.ts';
import type { PrivateJwk, PublishedKey, PublishedKeys } from '#storage/signing-keys.ts';
import { makeKey, publicHalf, signJwt } from '#tokens/sign-jwt.ts';
import { VerificationKeys } from '#tokens/verification-keys.ts';
import { aCredential } from '#test/support/credentials.ts';

/** Of the tokens of these tests. */
export const ISSUER = 'urn:serverless-lrs:test';

/** Claims of a token for everything, issued at 1,000,000 and good for an hour. */
export function someClaims(overrides: Partial<TokenClaims> = {}): TokenClaims {
  return {
    id: 'token-1',
    credential: 'key',
    incarnation: incarnationOf(aCredential()),
    store: 'default',
    scopes: ['all'],
    issued: 1_000_000,
    expires: 4_600_000,
    ...overrides,
  };
}

export function published(keys: readonly Omit<PublishedKey, 'created'>[], revision = 1): PublishedKeys {
  return { revision, keys: keys.map((key) => ({ created: 0, ...key })) };
}

/** A key pair that signs, and what verifies with it. */
export async function aSigner(now: () => number): Promise<{
  readonly key: PrivateJwk;
  readonly deps: { readonly keys: VerificationKeys; readonly issuer: string; readonly now: () => number };
  sign(claims?: TokenClaims, issuer?: string): Promise<string>;
}> {
  const key = await makeKey();
  const keys = published([{ jwk: publicHalf(key), signsFrom: 0 }]);
  return {
    key,
    deps: { keys: new VerificationKeys({ published: () => Promise.resolve(keys) }, now), issuer: ISSUER, now },
    sign: (claims = someClaims(), issuer = ISSUER) => signJwt(payloadOf(claims), key, issuer),
  };
}
