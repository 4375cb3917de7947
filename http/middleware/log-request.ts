import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { Logger } from '#runtime/logger.ts';

/** One line per request. The query string stays out of it: it may name a learner. */
export function logRequest(logger: Logger, now: () => number): Middleware {
  return onReply((reply, { id, method, path, version, credential, received }) => {
    const fields = { method, path, status: reply.status, milliseconds: now() - received };
    logger.info('request', { requestId: id, ...fields, version, credential: credential?.key });
    return reply;
  });
}
