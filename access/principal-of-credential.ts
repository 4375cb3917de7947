import type { Credential } from '#access/credential.ts';
import type { Principal } from '#access/principal.ts';
import { DEFAULT_REQUEST_LIMITS } from '#access/request-limits.ts';

/** Who sends a request with the key and secret of a credential. */
export function principalOfCredential(credential: Credential): Principal {
  const { key, store, scopes, authority, linkSecret, requestLimits = DEFAULT_REQUEST_LIMITS } = credential;
  return { kind: 'credential', key, store, scopes, authority, linkSecret, requestLimits };
}
