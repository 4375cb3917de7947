import { type Claims, textsOf } from '#access/claims.ts';
import type { Issuer } from '#access/issuer.ts';

/**
 * Whether a token is for this LRS: one of its audiences is one of the issuer's (RFC 7519, 4.1.3), or, where it has none at
 * all, as access tokens of Cognito, the client it was issued to is.
 */
export function isAudience(claims: Claims, { audiences }: Pick<Issuer, 'audiences'>): boolean {
  const { aud = claims['client_id'] } = claims;
  return textsOf({ aud }, 'aud').some((audience) => audiences.includes(audience));
}
