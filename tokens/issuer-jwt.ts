import { JWKSNoMatchingKey, JWSSignatureVerificationFailed, JWTClaimValidationFailed, JWTExpired } from 'jose/errors';
import { createLocalJWKSet } from 'jose/jwks/local';
import { jwtVerify } from 'jose/jwt/verify';
import type { Claims } from '#access/claims.ts';
import type { IssuerRefusal } from '#tokens/issuer-refusal.ts';

/*
 * All that verifying tokens of others needs of the library, in a module that is loaded when the first of them comes:
 * functions whose clients send a key and a secret start without it.
 */

/** Public keys of an issuer, which find the one that a token names. */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

/** Signatures that nobody can make with what an issuer publishes: no `none`, and no secret shared with anybody. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

/** Seconds by which the clocks of issuers may differ. */
const CLOCK_TOLERANCE = 60;

/** Of tokens that let somebody in; an issuer also signs others, of logouts for example (RFC 8725, 3.11). */
const TYPES: ReadonlySet<string> = new Set(['jwt', 'at+jwt']);

/** @param jwks a JWK Set (RFC 7517, 5) @throws Error if it is none */
export function readKeySet(jwks: unknown): KeySet {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library looks at all of it before it takes it
  return createLocalJWKSet(jwks as Parameters<typeof createLocalJWKSet>[0]);
}

/**
 * Verifies all but the audience of a token. Keys in its header (`jwk`, `jku`, `x5u`) are not looked at, and extensions that
 * must be understood (`crit`) are refused.
 *
 * @param issuer the claim `iss`
 * @param now milliseconds since 1970
 */
export async function verifyIssuerJwt(
  token: string,
  keys: KeySet,
  { issuer, now }: { readonly issuer: string; readonly now: number },
): Promise<Claims | IssuerRefusal> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      issuer,
      currentDate: new Date(now),
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ['exp', 'sub'],
    });
    const { typ = 'JWT' } = protectedHeader;
    if (!TYPES.has(typ.toLowerCase().replace(/^application\//u, '')) || isForSomethingElse(payload))
      return 'wrong-type';
    return isFuture(payload.iat, now) ? 'not-yet-valid' : payload;
  } catch (error) {
    return refusalOf(error);
  }
}

/**
 * What issuers say of tokens that are not for an API: security events such as logouts (RFC 8417, 2.2), and ID tokens where
 * the issuer tells them apart: Cognito by `token_use`, Keycloak by a claim `typ`.
 */
function isForSomethingElse({ events, token_use: use, typ = 'Bearer' }: Claims): boolean {
  return events !== undefined || use === 'id' || typ !== 'Bearer';
}

/** The library looks at `iat` only where the age of tokens is limited. */
function isFuture(iat: number | undefined, now: number): boolean {
  return iat !== undefined && iat > Math.floor(now / 1_000) + CLOCK_TOLERANCE;
}

/** A claim that is missing or wrong → why the token is refused. */
const CLAIM_REFUSALS: Readonly<Record<string, IssuerRefusal>> = {
  nbf: 'not-yet-valid',
  exp: 'no-expiry',
  sub: 'no-subject',
};

/** Whatever it is that the library could not do with the token, the token is refused. */
function refusalOf(error: unknown): IssuerRefusal {
  if (error instanceof JWTExpired) return 'expired';
  if (error instanceof JWKSNoMatchingKey) return 'unknown-key';
  if (error instanceof JWSSignatureVerificationFailed) return 'wrong-signature';
  return error instanceof JWTClaimValidationFailed ? (CLAIM_REFUSALS[error.claim] ?? 'malformed') : 'malformed';
}
