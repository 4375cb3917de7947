import type { TokenClaims } from '#access/token-claims.ts';
import { incarnationOf } from '#access/incarnation.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import type { PrivateJwk, PublishedKey } from '#storage/signing-keys.ts';
import { makeKey, publicHalf, signJwt } from '#tokens/sign-jwt.ts';
import { payloadOf } from '#tokens/token-payload.ts';
import { publishKeys } from '#test/support/published-keys.ts';
import { aCredential } from '#test/support/credentials.ts';
import type { FreshTables } from '#test/support/engine.ts';
import { TEST_ISSUER } from '#test/support/function-handlers.ts';

export interface OwnTokens {
  readonly key: PrivateJwk;
  /** A token of the credential `key`, valid for some minutes, with what a test is about in its place. */
  sign(claims?: Partial<TokenClaims>): Promise<string>;
}

/** Publishes a key of the LRS, and signs with it. @param now milliseconds since 1970 */
export async function ownTokens({ client, names }: FreshTables, now: () => number): Promise<OwnTokens> {
  const key = await makeKey();
  const published: PublishedKey = { jwk: publicHalf(key), created: now(), signsFrom: now() };
  await publishKeys({ client, names }, { revision: 1, keys: [published] });
  return {
    key,
    sign: ({ credential = 'key', ...claims } = {}) =>
      signJwt(
        payloadOf({
          id: 'token-1',
          credential,
          incarnation: incarnationOf(aCredential({ key: credential })),
          store: DEFAULT_STORE,
          scopes: ['all'],
          issued: now(),
          expires: now() + 600_000,
          ...claims,
        }),
        key,
        TEST_ISSUER,
      ),
  };
}
