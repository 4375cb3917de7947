import { CORS_HEADERS } from '#http/cors.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { answeredVersion } from '#http/version-header.ts';

/** What every answer carries. `no-store`: browsers would otherwise keep, and show again, what has changed since. */
export function withCommonHeaders(reply: Reply, request: HttpRequest): Reply {
  const headers = {
    'X-Experience-API-Version': answeredVersion(request),
    'X-Request-Id': request.id,
    'Cache-Control': 'no-store',
    ...CORS_HEADERS,
    ...request.replyHeaders,
    ...reply.headers,
  };
  return { ...reply, headers };
}

export function addHeaders(): Middleware {
  return onReply(withCommonHeaders);
}
