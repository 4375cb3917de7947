import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { SignJWT } from 'jose/jwt/sign';
import { exportJWK } from 'jose/key/export';
import { generateKeyPair } from 'jose/key/generate/keypair';
import { importJWK } from 'jose/key/import';
import type { PrivateJwk } from '#storage/signing-keys.ts';
import { TOKEN_ALGORITHM, TOKEN_TYPE } from '#tokens/jwt.ts';
import type { TokenPayload } from '#tokens/token-payload.ts';

/* All that signing needs of the library, in a module that is loaded when the first token is signed. */

/** @param issuer also the audience */
export async function signJwt(payload: TokenPayload, key: PrivateJwk, issuer: string): Promise<string> {
  return new SignJWT({ ...payload, iss: issuer, aud: issuer })
    .setProtectedHeader({ alg: TOKEN_ALGORITHM, typ: TOKEN_TYPE, kid: key.kid })
    .sign(await importJWK(key, TOKEN_ALGORITHM));
}

/** A new key; its name is its thumbprint (RFC 7638). */
export async function makeKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(TOKEN_ALGORITHM, { extractable: true });
  const { x, y, d } = await exportJWK(privateKey);
  if (x === undefined || y === undefined || d === undefined)
    throw new Error('A key of the curve P-256 has x, y and d.');
  const jwk = { kty: 'EC', crv: 'P-256', x, y } as const;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'ES256', d };
}

export function publicHalf({ kty, crv, x, y, kid, use, alg }: PrivateJwk): Omit<PrivateJwk, 'd'> {
  return { kty, crv, x, y, kid, use, alg };
}
