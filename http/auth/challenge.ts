const BASIC = 'Basic realm="xAPI", charset="UTF-8"';

/**
 * What a 401 asks for (RFC 7617, 2; RFC 6750, 3).
 *
 * @param authorization the header of the request; whoever sent a bearer token learns that it is the token.
 */
export function challenge(authorization: string | undefined): string {
  const bearer = isBearer(authorization) ? 'Bearer realm="xAPI", error="invalid_token"' : 'Bearer realm="xAPI"';
  return `${BASIC}, ${bearer}`;
}

/**
 * What a 403 tells whoever sent a bearer token (RFC 6750, 3.1), undefined others.
 *
 * @param scope that is missing
 */
export function scopeChallenge(authorization: string | undefined, scope: string): string | undefined {
  return isBearer(authorization) ? `Bearer realm="xAPI", error="insufficient_scope", scope="${scope}"` : undefined;
}

function isBearer(authorization = ''): boolean {
  return /^bearer\b/iu.test(authorization);
}
