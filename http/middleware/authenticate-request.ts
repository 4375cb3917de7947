import { authenticate } from '#http/auth/authenticate.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { CredentialStore } from '#storage/credential-store.ts';

/** Finds out who sends the request. */
export function authenticateRequest(credentials: Pick<CredentialStore, 'get'>): Middleware {
  return onRequest(async (request) => {
    const credential = await authenticate(request.headers['authorization'], credentials);
    return { ...request, credential };
  });
}
