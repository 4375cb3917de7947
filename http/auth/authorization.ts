import { TOKEN_USER } from '#access/token-user.ts';
import { parseBasic } from '#http/auth/basic.ts';

/** What somebody shows to be let in. */
export type Proof =
  | { readonly kind: 'secret'; readonly key: string; readonly secret: string }
  | { readonly kind: 'token'; readonly token: string };

/** Characters: more than the longest token as base64, before anything in it is looked at. */
const LONGEST = 16 * 1024;

const SCHEMES = /^(basic|bearer) +([^\s]+) *$/iu;

/** What a bearer token is made of (RFC 6750, 2.1). */
const BEARER_TOKEN = /^[a-z0-9._~+/-]+=*$/iu;

/** @returns the proof in a header `Authorization`, or why there is none, as a sentence. */
export function readAuthorization(header: string): Proof | string {
  if (header.length > LONGEST) return `The header Authorization is longer than ${LONGEST / 1024} KiB.`;
  const [, scheme, shown = ''] = SCHEMES.exec(header) ?? [];
  if (scheme === undefined) {
    return 'The header Authorization is neither "Basic " and base64 of key:secret, nor "Bearer " and a token.';
  }
  return scheme.toLowerCase() === 'bearer' ? readBearer(shown) : readBasic(shown);
}

function readBearer(token: string): Proof | string {
  return BEARER_TOKEN.test(token) ? { kind: 'token', token } : 'What stands behind "Bearer " is not a token.';
}

function readBasic(encoded: string): Proof | string {
  const read = parseBasic(encoded);
  if (typeof read === 'string') return read;
  return read.key === TOKEN_USER ? { kind: 'token', token: read.secret } : { kind: 'secret', ...read };
}
