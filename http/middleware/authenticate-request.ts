import { authenticate } from '#http/auth/authenticate.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { CredentialStore } from '#storage/credential-store.ts';

/** Finds out who sends the request. */
export function authenticateRequest(credentials: CredentialStore): Middleware {
  return onRequest(async (request) => {
    const principal = await authenticate(request.headers['authorization'], credentials);
    return { ...request, principal };
  });
}
