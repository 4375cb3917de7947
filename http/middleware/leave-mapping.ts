import { pathOf, withoutMapping } from '#http/mapped-path.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';

/** Leads requests by the path below what the domain maps to this LRS. @param publicUrl `LRS_PUBLIC_URL` */
export function leaveMapping(publicUrl: string): Middleware {
  const mapping = pathOf(publicUrl);
  return onRequest((request) => ({ ...request, path: withoutMapping(request.path, mapping) }));
}
