import type { Principal } from '#access/principal.ts';
import type { HttpRequest } from '#http/request.ts';

/** Finds out who sends a request. */
export interface Authenticator {
  /**
   * @throws XapiError `not-authenticated`, which does not tell an unknown key from a wrong secret; `not-permitted` from a
   *   page that may not use the credential; `too-many-requests` from where too many attempts have failed.
   */
  authenticate(request: HttpRequest): Promise<Principal>;
}
