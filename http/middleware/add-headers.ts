import { CORS_HEADERS } from '#http/cors.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { answeredVersion } from '#http/version-header.ts';

/**
 * Whatever is asked for. `no-store`: browsers would otherwise keep, and show again, what has changed since. Documents and
 * attachments are strangers' files: a browser that shows one must neither guess its type nor run it.
 */
const COMMON_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  ...CORS_HEADERS,
} as const;

export type HeaderAdder = (reply: Reply, request: HttpRequest) => Reply;

/** What every answer carries. */
export function withCommonHeaders(reply: Reply, { id, replyHeaders }: HttpRequest): Reply {
  return { ...reply, headers: { ...COMMON_HEADERS, 'X-Request-Id': id, ...replyHeaders, ...reply.headers } };
}

/** And every answer of the xAPI. */
export function withXapiHeaders(reply: Reply, request: HttpRequest): Reply {
  const headers = { 'X-Experience-API-Version': answeredVersion(request), ...reply.headers };
  return withCommonHeaders({ ...reply, headers }, request);
}

export function addHeaders(add: HeaderAdder): Middleware {
  return onReply(add);
}
