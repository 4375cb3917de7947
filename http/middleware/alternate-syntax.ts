import { readAlternateRequest } from '#http/alternate-request.ts';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';

/** Takes a request sent as a form for the request it stands for (xAPI 1.0.3, Communication 1.3). */
export function alternateSyntax(): Middleware {
  return onRequest((request) => {
    if (request.method !== 'POST' || !request.parameters.some(({ name }) => name === 'method')) return request;
    return readAlternateRequest(request);
  });
}
