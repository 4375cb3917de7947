import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

const HANDLED = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const;

export type HandledMethod = (typeof HANDLED)[number];

export type MethodHandler<Request extends HttpRequest> = (request: Request) => Promise<Reply>;

/** What a resource does for each method it has. HEAD runs what GET runs. */
export type MethodHandlers<Request extends HttpRequest> = Partial<
  Readonly<Record<HandledMethod, MethodHandler<Request>>>
>;

/** For `Allow`. */
export function allowedMethods(handlers: MethodHandlers<never>): readonly string[] {
  return withImplied(HANDLED.filter((method) => handlers[method] !== undefined));
}

/** In the order of `HANDLED`, with those that come of themselves. @param methods none: there is no resource. */
export function withImplied(methods: readonly HandledMethod[]): readonly string[] {
  const own = HANDLED.filter((method) => methods.includes(method));
  if (own.length === 0) return [];
  return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

/** @throws XapiError `method-not-allowed` */
export function dispatch<Request extends HttpRequest>(handlers: MethodHandlers<Request>): MethodHandler<Request> {
  return async (request) => {
    const wanted = request.method === 'HEAD' ? 'GET' : request.method;
    const method = HANDLED.find((candidate) => candidate === wanted);
    const handle = method === undefined ? undefined : handlers[method];
    if (handle === undefined) throw notAllowed(request.method, allowedMethods(handlers));
    return handle(request);
  };
}

export function notAllowed(method: string, allowed: readonly string[]): XapiError {
  return new XapiError({
    code: 'method-not-allowed',
    message: 'This resource does not have that method.',
    expected: `one of ${allowed.join(', ')}`,
    received: shorten(method),
  });
}
