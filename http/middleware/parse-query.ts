import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import { parseForm } from '#http/parameters/form.ts';

export function parseQuery(): Middleware {
  return onRequest((request) => ({ ...request, parameters: parseForm(request.query) }));
}
