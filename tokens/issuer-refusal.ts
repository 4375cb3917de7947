/** Why a token of another issuer is not taken, as a sentence for the client, who got the token and may look into it. */
export const ISSUER_REFUSALS = {
  'unknown-issuer': 'The token is neither of this LRS nor of an issuer whose tokens it accepts.',
  malformed: 'The token is not a signed JWT, or is signed in a way that this LRS does not accept.',
  'wrong-type':
    'The token is of a kind that lets nobody in: it has to be an access token, with the typ JWT or at+jwt in its header.',
  'no-expiry': 'The token does not say until when it is good: its claim exp is missing, or no number.',
  'no-subject': 'The token does not say who sends it: its claim sub is missing.',
  'unknown-key': 'The token is signed with a key that its issuer has not published.',
  'wrong-signature': 'The signature of the token is wrong.',
  'wrong-audience': 'The token is for another audience than this LRS.',
  'not-yet-valid': 'The token is not valid yet.',
  expired: 'The token has expired.',
} as const;

export type IssuerRefusal = keyof typeof ISSUER_REFUSALS;
