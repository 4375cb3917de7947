const BASIC = 'Basic realm="xAPI", charset="UTF-8"';

/**
 * What a 401 asks for (RFC 7617, 2; RFC 6750, 3).
 *
 * @param authorization the header of the request; whoever sent a bearer token learns that it is the token.
 */
export function challenge(authorization: string | undefined): string {
  const bearer = /^bearer\b/iu.test(authorization ?? '')
    ? 'Bearer realm="xAPI", error="invalid_token"'
    : 'Bearer realm="xAPI"';
  return `${BASIC}, ${bearer}`;
}
