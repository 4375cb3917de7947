import { parseBasic } from '#http/auth/basic.ts';
import { isSecret } from '#storage/credential-secret.ts';
import type { Principal } from '#access/principal.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import { XapiError } from '#xapi/errors.ts';

const SECTION = 'xAPI 1.0.3, Communication 4.0';

/** Stands in for an unknown key, so that guessing one takes the same work as guessing a secret. */
const NOBODY = { salt: '00'.repeat(16), secretHash: '00'.repeat(32) };

/** @throws XapiError `not-authenticated`, which does not tell a wrong key from a wrong secret. */
export async function authenticate(
  authorization: string | undefined,
  credentials: CredentialStore,
): Promise<Principal> {
  if (authorization === undefined) throw refused('The header Authorization is missing.');
  const basic = parseBasic(authorization);
  if (basic === undefined)
    throw refused('The header Authorization is not HTTP Basic: "Basic " and base64 of key:secret.');
  const credential = await credentials.get(basic.key);
  const known = (credential?.secrets ?? [NOBODY]).some((proof) => isSecret(basic.secret, proof));
  if (credential === undefined || !known) throw refused('The key is unknown, or the secret is wrong.');
  const { key, store, scopes, authority, linkSecret, requestLimits = DEFAULT_REQUEST_LIMITS } = credential;
  return { kind: 'credential', key, store, scopes, authority, linkSecret, requestLimits };
}

function refused(message: string): XapiError {
  return new XapiError({ code: 'not-authenticated', message, path: 'Authorization', section: SECTION });
}
