import { OAuthError } from '#functions/oauth/oauth-error.ts';
import { readAuthorization } from '#http/auth/authorization.ts';

interface Client {
  readonly key: string;
  readonly secret: string;
}

/**
 * What a client shows of itself: in HTTP Basic or in the body, never both (RFC 6749, 2.3.1).
 *
 * In HTTP Basic, key and secret are encoded like a form, which many clients do not do. Where that makes a difference, the
 * one that is meant more probably comes first: what has a `%` looks encoded, what has but a `+` does not.
 *
 * @returns the headers `Authorization` to be tried one after the other: one, or two
 * @throws OAuthError `invalid_client`, `invalid_request`
 */
export function clientProofs(authorization: string | undefined, form: ReadonlyMap<string, string>): readonly string[] {
  const inBody = clientIn(form);
  if (authorization === undefined) {
    if (inBody === undefined)
      throw invalidClient('The request has neither HTTP Basic nor client_id and client_secret.');
    return [basicOf(inBody)];
  }
  if (form.has('client_secret')) {
    throw new OAuthError('invalid_request', 'A client authenticates by HTTP Basic or in the body, not both.');
  }
  const plain = readAuthorization(authorization);
  if (typeof plain === 'string') throw invalidClient(plain);
  if (plain.kind === 'token') throw invalidClient('A token cannot be traded for a token.');
  const decoded = { key: formDecoded(plain.key), secret: formDecoded(plain.secret) };
  const [first, second] = `${plain.key}${plain.secret}`.includes('%') ? [decoded, plain] : [plain, decoded];
  return [...new Set([basicOf(first), basicOf(second)])];
}

function clientIn(form: ReadonlyMap<string, string>): Client | undefined {
  const key = form.get('client_id');
  return key === undefined ? undefined : { key, secret: form.get('client_secret') ?? '' };
}

/** @throws OAuthError for a key that no credential can have, and that would be read as another. */
function basicOf({ key, secret }: Client): string {
  if (key.includes(':')) throw invalidClient('The key is unknown, or the secret is wrong.');
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
}

/** What is not encoded stays as it is. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function invalidClient(message: string): OAuthError {
  return new OAuthError('invalid_client', message);
}
