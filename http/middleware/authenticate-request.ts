import type { Authenticator } from '#http/auth/authenticator.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';

/** Finds out who sends the request. */
export function authenticateRequest(authenticator: Authenticator): Middleware {
  return onRequest(async (request) => {
    const principal = await authenticator.authenticate(request);
    return { ...request, principal };
  });
}
