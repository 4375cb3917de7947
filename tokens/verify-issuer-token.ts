import type { Claims } from '#access/claims.ts';
import { isAudience } from '#access/is-audience.ts';
import type { Issuer } from '#access/issuer.ts';
import type { KeySet } from '#tokens/issuer-jwt.ts';
import type { IssuerKeys } from '#tokens/issuer-keys.ts';
import type { IssuerRefusal } from '#tokens/issuer-refusal.ts';

/** Where the keys of issuers come from. */
export type KeySource = Pick<IssuerKeys, 'current' | 'newer'>;

/**
 * Verifies a token of another issuer: its signature by the keys of the issuer, type, audience and time. What its bearer may
 * do is told by `principalOfClaims`.
 *
 * @param token of which `claimedIssuer` is this issuer
 * @param now milliseconds since 1970
 * @returns why it is refused. Never throws because of the token.
 * @throws XapiError `overloaded` without keys
 */
export async function verifyIssuerToken(
  token: string,
  issuer: Issuer,
  keys: KeySource,
  now: number,
): Promise<Claims | IssuerRefusal> {
  const { verifyIssuerJwt } = await import('#tokens/issuer-jwt.ts');
  const verify = (by: KeySet): Promise<Claims | IssuerRefusal> =>
    verifyIssuerJwt(token, by, { issuer: issuer.issuer, now });
  const current = await keys.current(issuer);
  const verified = await verify(current);
  const newer = verified === 'unknown-key' ? await keys.newer(issuer, current) : undefined;
  const claims = newer === undefined ? verified : await verify(newer);
  if (typeof claims === 'string') return claims;
  return isAudience(claims, issuer) ? claims : 'wrong-audience';
}
