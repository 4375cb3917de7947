import { parseBasic } from '#http/auth/basic.ts';
import { isSecret } from '#storage/credential-secret.ts';
import type { Credential, CredentialStore } from '#storage/credential-store.ts';
import { XapiError } from '#xapi/errors.ts';

const SECTION = 'xAPI 1.0.3, Communication 4.0';

/** Stands in for an unknown key, so that guessing one takes the same work as guessing a secret. */
const NOBODY = { salt: '00'.repeat(16), secretHash: '00'.repeat(32) };

/** @throws XapiError `not-authenticated`, which does not tell a wrong key from a wrong secret. */
export async function authenticate(
  authorization: string | undefined,
  credentials: Pick<CredentialStore, 'get'>,
): Promise<Credential> {
  if (authorization === undefined) throw refused('The header Authorization is missing.');
  const basic = parseBasic(authorization);
  if (basic === undefined)
    throw refused('The header Authorization is not HTTP Basic: "Basic " and base64 of key:secret.');
  const credential = await credentials.get(basic.key);
  const known = isSecret(basic.secret, credential ?? NOBODY);
  if (credential === undefined || !known) throw refused('The key is unknown, or the secret is wrong.');
  return credential;
}

function refused(message: string): XapiError {
  return new XapiError({ code: 'not-authenticated', message, path: 'Authorization', section: SECTION });
}
