import { CORS_HEADERS } from '#http/cors.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { answeredVersion } from '#http/version-header.ts';

/** Documents and attachments are strangers' files: a browser that shows one must neither guess its type nor run it. */
const HARMLESS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
} as const;

export type HeaderAdder = (reply: Reply, request: HttpRequest) => Reply;

/** What every answer carries. `no-store`: browsers would otherwise keep, and show again, what has changed since. */
export function withCommonHeaders(reply: Reply, request: HttpRequest): Reply {
  const headers = {
    'X-Request-Id': request.id,
    'Cache-Control': 'no-store',
    ...HARMLESS,
    ...CORS_HEADERS,
    ...request.replyHeaders,
    ...reply.headers,
  };
  return { ...reply, headers };
}

/** And every answer of the xAPI. */
export function withXapiHeaders(reply: Reply, request: HttpRequest): Reply {
  const { headers, ...rest } = withCommonHeaders(reply, request);
  return { ...rest, headers: { 'X-Experience-API-Version': answeredVersion(request), ...headers } };
}

export function addHeaders(add: HeaderAdder): Middleware {
  return onReply(add);
}
