import { preflightHeaders } from '#http/cors.ts';
import type { HeaderAdder } from '#http/middleware/add-headers.ts';
import type { Exchange, Middleware } from '#http/middleware/middleware.ts';
import { NO_CONTENT, type Reply } from '#http/reply.ts';

/**
 * Answers OPTIONS at once: a browser asks before it sends what it needs to be let in. Neither logged nor counted.
 *
 * @param methodsAt what the resource at a path answers; nothing where there is none.
 */
export function answerPreflight(methodsAt: (path: string) => readonly string[], add: HeaderAdder): Middleware {
  return {
    before: ({ event }: Exchange): Reply | undefined => {
      const methods = event.method === 'OPTIONS' ? methodsAt(event.path) : [];
      return methods.length === 0 ? undefined : add(preflightReply(methods), event);
    },
  };
}

function preflightReply(methods: readonly string[]): Reply {
  return { ...NO_CONTENT, headers: { Allow: methods.join(', '), ...preflightHeaders(methods) } };
}
