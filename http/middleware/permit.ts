import { hasAny, PERMITTING, type Resource } from '#http/auth/scopes.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import { authorized } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';

/** Refuses what the principal's scopes do not permit. */
export function permit(resource: Resource): Middleware {
  return onRequest((request) => {
    const access = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
    const scopes = PERMITTING[resource][access];
    const { principal } = authorized(request);
    if (scopes.length > 0 && !hasAny(principal, scopes)) throw notPermitted(resource, access, scopes);
    return request;
  });
}

function notPermitted(resource: Resource, access: string, scopes: readonly string[]): XapiError {
  const [least] = scopes;
  return new XapiError(
    {
      code: 'not-permitted',
      message: `The credential may not ${access} ${resource.replace('-', '/')}: it has none of the scopes that permit it.`,
      expected: `one of the scopes ${scopes.join(', ')}`,
      section: 'xAPI 1.0.3, Communication 4.2; xAPI 2.0, 4.1.5',
    },
    least === undefined ? {} : { scope: least },
  );
}
