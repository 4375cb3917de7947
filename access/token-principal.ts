import { whyUnusable } from '#access/credential-state.ts';
import type { Credential } from '#access/credential.ts';
import { incarnationOf } from '#access/incarnation.ts';
import type { Principal } from '#access/principal.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';
import { coversScope, type Scope } from '#access/scope.ts';
import type { TokenClaims } from '#access/token-claims.ts';

/** Milliseconds by which the clocks of those who issue and verify tokens may differ. */
export const CLOCK_TOLERANCE = 5_000;

/**
 * Who sends a request with a token that this LRS has signed: the credential it was issued to, with what both the token and,
 * at this moment, the credential may do.
 *
 * @param credential the one of `claims.credential`
 * @param now milliseconds since 1970
 * @returns why not: `expired`, or `revoked` for whatever happened to token or credential since.
 */
export function principalOfToken(
  claims: TokenClaims,
  credential: Credential | undefined,
  now: number,
): Principal | 'expired' | 'revoked' {
  if (now >= claims.expires + CLOCK_TOLERANCE) return 'expired';
  if (credential === undefined || isRevoked(claims, credential, now)) return 'revoked';
  const { key, store, authority, linkSecret, requestLimits = DEFAULT_REQUEST_LIMITS } = credential;
  const scopes = scopesOf(claims, credential);
  const { id: tokenId, limits } = claims;
  return {
    kind: 'token',
    key,
    store,
    scopes,
    authority,
    linkSecret,
    requestLimits,
    tokenId,
    ...(limits !== undefined && { limits }),
  };
}

function isRevoked(claims: TokenClaims, credential: Credential, now: number): boolean {
  const { id, credential: key, store, incarnation, issued } = claims;
  const { tokensNotBefore = 0, revokedTokens } = credential;
  if (credential.key !== key || credential.store !== store || incarnationOf(credential) !== incarnation) return true;
  if (whyUnusable(credential, now) !== undefined || issued < tokensNotBefore) return true;
  return revokedTokens.some((token) => token.id === id);
}

/** What the credential lost, its tokens lose; and nobody manages anything with a token that is limited to one launch. */
function scopesOf({ scopes, limits }: TokenClaims, credential: Credential): readonly Scope[] {
  return scopes.filter(
    (scope) => coversScope(credential.scopes, scope) && !(scope === 'admin' && limits !== undefined),
  );
}
