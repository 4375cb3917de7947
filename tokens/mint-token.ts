import type { TokenClaims } from '#access/token-claims.ts';
import { LONGEST_TOKEN } from '#tokens/jwt.ts';
import { claimsOf, type TokenHolder, type TokenRequest } from '#tokens/token-request.ts';
import { XapiError } from '#xapi/errors.ts';

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

/**
 * A token for the credential.
 *
 * @throws XapiError as `claimsOf` and `TokenSigner` say; `body-invalid` for limits that make it longer than `LONGEST_TOKEN`:
 *   no request with it would get through.
 */
export async function mintToken(
  { signer, now, newId }: MintDeps,
  credential: TokenHolder,
  request: TokenRequest,
): Promise<MintedToken> {
  const claims = claimsOf(credential, request, { id: newId(), now: now() });
  const token = await signer.sign(claims);
  if (token.length > LONGEST_TOKEN) throw tooLong(token.length);
  return { token, claims };
}

function tooLong(length: number): XapiError {
  return new XapiError({
    code: 'body-invalid',
    message:
      'With these limits the token would be too long: the headers of a request may have 10,240 bytes in all, and HTTP ' +
      'Basic makes a token longer by a third. Name fewer verbs, or shorter ids.',
    path: '$.limits',
    expected: `limits that make a token of at most ${LONGEST_TOKEN} characters`,
    received: `limits that make one of ${length}`,
  });
}
