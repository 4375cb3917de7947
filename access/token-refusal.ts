/**
 * Why a token is not taken. Each is a sentence for the client: it tells nothing but what the bearer of a token that this LRS
 * signed may know, and of any other only that it is none.
 */
export const TOKEN_REFUSALS = {
  malformed: 'The token is not one that this LRS issued.',
  'unknown-key': 'The token is signed with a key that this LRS does not have, or has no longer.',
  'wrong-signature': 'The signature of the token is wrong.',
  'not-yet-valid': 'The token is not valid yet.',
  expired: 'The token has expired.',
  revoked: 'The token was revoked, or the credential that it was issued to is not valid any more.',
} as const;

export type TokenRefusal = keyof typeof TOKEN_REFUSALS;
