import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import { requestMetrics } from '#http/request-metrics.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ResourceName } from '#runtime/metric-names.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH']);

/**
 * One line per request, which carries its metrics. Nothing in it is a text that a client chose freely: a path, a query
 * string and a header may name a learner. The resource stands for the path, of which each has but one.
 */
export function logRequest(resource: ResourceName, logger: Logger, now: () => number): Middleware {
  let first = true;
  return onReply((reply, request) => {
    const { id, method, version, principal, received } = request;
    const fields = {
      requestId: id,
      resource,
      method: METHODS.has(method) ? method : 'other',
      status: reply.status,
      code: reply.facts?.code,
      version,
      store: principal?.store,
      credential: principal?.key,
    };
    logger.measure(
      'request',
      fields,
      requestMetrics(request, reply, { resource, first, milliseconds: now() - received }),
    );
    first = false;
    return reply;
  });
}
