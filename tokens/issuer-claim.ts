import { unverifiedPart } from '#tokens/unverified-part.ts';

/** Characters of a token, before anything in it is looked at. */
const LONGEST_TOKEN = 8 * 1024;

/** Bytes of the name of an issuer, by which it is looked up. */
const LONGEST_ISSUER = 512;

/**
 * Whom a token claims to be of, which nobody has verified: it says only whose keys to verify it with.
 *
 * @param token anything
 * @returns undefined of what is no JWT, or no token of anybody
 */
export function claimedIssuer(token: string): string | undefined {
  const { iss } = unverifiedPart(token, 'claims', LONGEST_TOKEN);
  return typeof iss === 'string' && isName(iss) ? iss : undefined;
}

function isName(issuer: string): boolean {
  return issuer !== '' && issuer.isWellFormed() && Buffer.byteLength(issuer) <= LONGEST_ISSUER;
}
