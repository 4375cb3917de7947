import { authenticate } from '#http/auth/authenticate.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import type { CredentialStore } from '#storage/credential-store.ts';

export interface AuthenticatorDeps {
  readonly credentials: CredentialStore;
}

/** All ways to say who one is, each tried for the requests that use it. */
export function createAuthenticator({ credentials }: AuthenticatorDeps): Authenticator {
  return { authenticate: (request) => authenticate(request.headers['authorization'], credentials) };
}
