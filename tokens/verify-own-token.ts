import type { TokenClaims } from '#access/token-claims.ts';
import type { TokenRefusal } from '#access/token-refusal.ts';
import type { PublicJwk } from '#storage/signing-keys.ts';
import { LONGEST_TOKEN } from '#tokens/jwt.ts';
import { claimsIn } from '#tokens/token-payload.ts';
import { unverifiedPart } from '#tokens/unverified-part.ts';
import type { VerificationKeys } from '#tokens/verification-keys.ts';
import { hashOfToken } from '#tokens/verified-tokens.ts';
import type { VerificationKey } from '#tokens/verify-jwt.ts';

export interface VerifyDeps {
  /** Shared by all requests of a process. */
  readonly keys: VerificationKeys;
  /** Issuer and audience of the tokens: `LRS_ISSUER`. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Verifies a token of this LRS: its signature, type, issuer, audience and time. What its credential may do by now is told
 * by `principalOfToken`.
 *
 * @param text anything
 * @returns why it is refused. Never throws because of the text, only what reading the keys throws.
 */
export async function verifyOwnToken(
  text: string,
  { keys, issuer, now }: VerifyDeps,
): Promise<TokenClaims | TokenRefusal> {
  const kid = kidOf(text);
  if (kid === undefined) return 'malformed';
  const { verified } = keys;
  const hash = hashOfToken(text, issuer);
  const published = await keys.key(kid);
  if (published === undefined) {
    verified.delete(hash);
    return 'unknown-key';
  }
  const { jwk } = published;
  const known = verified.get(hash, now());
  if (known !== undefined && isSame(known.jwk, jwk)) return known.claims;
  const { verifyJwt } = await loadVerifyJwt();
  const payload = await verifyJwt(text, await readKey(jwk), { issuer, now: now() });
  if (typeof payload === 'string') return payload;
  const claims = claimsIn(payload);
  if (claims !== undefined) verified.add(hash, { jwk, claims });
  return claims ?? 'malformed';
}

/** They are other objects after each read. */
function isSame(one: PublicJwk, other: PublicJwk): boolean {
  return one.x === other.x && one.y === other.y;
}

/** The name of the key in the header, of which the rest is looked at when the signature is verified. */
function kidOf(text: string): string | undefined {
  const { kid } = unverifiedPart(text, 'header', LONGEST_TOKEN);
  return typeof kid === 'string' ? kid : undefined;
}

/** Keys that were read from their JWK; each stays as long as the published key that it is of. */
const KEYS = new WeakMap<PublicJwk, Promise<VerificationKey>>();

function readKey(jwk: PublicJwk): Promise<VerificationKey> {
  const known = KEYS.get(jwk);
  if (known !== undefined) return known;
  const reading = loadVerifyJwt().then(({ readPublicKey }) => readPublicKey(jwk));
  KEYS.set(jwk, reading);
  return reading;
}

let loading: ReturnType<typeof importVerifyJwt> | undefined;

function loadVerifyJwt() {
  loading ??= importVerifyJwt();
  return loading;
}

function importVerifyJwt() {
  return import('#tokens/verify-jwt.ts');
}
