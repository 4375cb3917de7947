import { clientProofs } from '#functions/oauth/client-proofs.ts';
import { OAuthError } from '#functions/oauth/oauth-error.ts';
import { readTokenForm } from '#functions/oauth/token-form.ts';
import type { Principal } from '#access/principal.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { HttpRequest } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';

/**
 * Finds out which credential asks for a token; only of requests for which `isForToken` holds. What let it in becomes the
 * header `Authorization`.
 */
export function authenticateClient(
  authenticator: Authenticator,
  isForToken: (request: HttpRequest) => boolean,
): Middleware {
  return onRequest(async (request) => {
    if (!isForToken(request)) return request;
    const proofs = clientProofs(request.headers['authorization'], readTokenForm(request));
    const admitted = await firstAdmitted(authenticator, request, proofs);
    // Nobody gets around the end of a token by trading it for another.
    if (admitted.principal.kind !== 'credential')
      throw new OAuthError('invalid_client', 'A token cannot be traded for a token.');
    return admitted;
  });
}

async function firstAdmitted(
  authenticator: Authenticator,
  request: HttpRequest,
  [proof, ...others]: readonly string[],
): Promise<HttpRequest & { readonly principal: Principal }> {
  const shown = { ...request, headers: { ...request.headers, authorization: proof } };
  try {
    return { ...shown, principal: await authenticator.authenticate(shown) };
  } catch (error) {
    const isOther = error instanceof XapiError && error.code === 'not-authenticated' && others.length > 0;
    if (!isOther) throw error;
    return firstAdmitted(authenticator, request, others);
  }
}
