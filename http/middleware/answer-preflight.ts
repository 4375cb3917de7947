import { preflightHeaders } from '#http/cors.ts';
import { withCommonHeaders } from '#http/middleware/add-headers.ts';
import type { Exchange, Middleware } from '#http/middleware/middleware.ts';
import { NO_CONTENT, type Reply } from '#http/reply.ts';

/**
 * Answers OPTIONS at once: a browser asks before it sends what it needs to be let in. Neither logged nor counted.
 *
 * @param methods what the resource answers.
 */
export function answerPreflight(methods: readonly string[]): Middleware {
  const headers = { Allow: methods.join(', '), ...preflightHeaders(methods) };
  return {
    before: ({ event }: Exchange): Reply | undefined =>
      event.method === 'OPTIONS' ? withCommonHeaders({ ...NO_CONTENT, headers }, event) : undefined,
  };
}
