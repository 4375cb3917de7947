import type { TokenClaims } from '#access/token-claims.ts';
import { claimsOf, type TokenHolder, type TokenRequest } from '#tokens/token-request.ts';

/** Makes a token of what it is to say: a JWT (RFC 9068), signed with the key whose turn it is. */
export interface TokenSigner {
  /** @throws XapiError `overloaded` while there is no key to sign with */
  sign(claims: TokenClaims): Promise<string>;
}

export interface MintDeps {
  readonly signer: TokenSigner;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Unguessable, never the same twice. */
  readonly newId: () => string;
}

export interface MintedToken {
  readonly token: string;
  readonly claims: TokenClaims;
}

/** A token for the credential. @throws XapiError as `claimsOf` and `TokenSigner` say */
export async function mintToken(
  { signer, now, newId }: MintDeps,
  credential: TokenHolder,
  request: TokenRequest,
): Promise<MintedToken> {
  const claims = claimsOf(credential, request, { id: newId(), now: now() });
  return { token: await signer.sign(claims), claims };
}
