/** Characters of a token, before anything in it is looked at. */
const LONGEST_TOKEN = 8 * 1024;

/** Bytes of the name of an issuer, by which it is looked up. */
const LONGEST_ISSUER = 512;

/** Header, claims and signature, of which none is empty (RFC 7515, 7.1): without a signature it is no token. */
const COMPACT = /^[\w-]+\.([\w-]+)\.[\w-]+$/u;

/**
 * Whom a token claims to be of, which nobody has verified: it says only whose keys to verify it with.
 *
 * @param token anything
 * @returns undefined of what is no JWT, or no token of anybody
 */
export function claimedIssuer(token: string): string | undefined {
  const [, claims] = token.length <= LONGEST_TOKEN ? (COMPACT.exec(token) ?? []) : [];
  if (claims === undefined) return undefined;
  const { iss } = parsed(claims);
  return typeof iss === 'string' && isName(iss) ? iss : undefined;
}

function parsed(encoded: string): { readonly iss?: unknown } {
  try {
    return Object(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

function isName(issuer: string): boolean {
  return issuer !== '' && issuer.isWellFormed() && Buffer.byteLength(issuer) <= LONGEST_ISSUER;
}
