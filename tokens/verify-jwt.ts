import { JWTClaimValidationFailed, JWTExpired, JWSSignatureVerificationFailed } from 'jose/errors';
import { importJWK } from 'jose/key/import';
import { jwtVerify } from 'jose/jwt/verify';
import { CLOCK_TOLERANCE } from '#access/token-principal.ts';
import type { TokenRefusal } from '#access/token-refusal.ts';
import type { PublicJwk } from '#storage/signing-keys.ts';
import { TOKEN_ALGORITHM, TOKEN_TYPE } from '#tokens/jwt.ts';
import type { TokenPayload } from '#tokens/token-payload.ts';
import { LONGEST_TOKEN_MINUTES } from '#tokens/token-request.ts';

/*
 * All that verifying needs of the library, in a module that is loaded when the first token comes: functions whose clients
 * send a key and a secret start without it.
 */

export type VerificationKey = Awaited<ReturnType<typeof importJWK>>;

export async function readPublicKey(jwk: PublicJwk): Promise<VerificationKey> {
  return importJWK(jwk, TOKEN_ALGORITHM);
}

/** @param issuer also the audience @param now milliseconds since 1970 */
export async function verifyJwt(
  token: string,
  key: VerificationKey,
  { issuer, now }: { readonly issuer: string; readonly now: number },
): Promise<TokenPayload | TokenRefusal> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [TOKEN_ALGORITHM],
      typ: TOKEN_TYPE,
      issuer,
      audience: issuer,
      currentDate: new Date(now),
      clockTolerance: CLOCK_TOLERANCE / 1_000,
      requiredClaims: ['exp'],
      maxTokenAge: LONGEST_TOKEN_MINUTES * 60,
    });
    return payload;
  } catch (error) {
    return refusalOf(error);
  }
}

/** Whatever it is that the library could not do with the token, the token is refused. */
function refusalOf(error: unknown): TokenRefusal {
  if (error instanceof JWTExpired) return 'expired';
  if (error instanceof JWSSignatureVerificationFailed) return 'wrong-signature';
  return isEarly(error) ? 'not-yet-valid' : 'malformed';
}

function isEarly(error: unknown): boolean {
  if (!(error instanceof JWTClaimValidationFailed) || error.reason !== 'check_failed') return false;
  return error.claim === 'nbf' || error.claim === 'iat';
}
