import { errorReply } from '#http/error-reply.ts';
import type { Exchange, Middleware } from '#http/middleware/middleware.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { XapiError } from '#xapi/errors.ts';

/**
 * Turns whatever was thrown into an answer, and tells the log what the client is not told. Of a refusal there is no more
 * to tell than its code, which is on the line of the request.
 *
 * @param allowed methods
 */
export function answerErrors(logger: Logger, allowed: readonly string[]): Middleware {
  return {
    onError: (exchange: Exchange): void => {
      const { id, headers } = exchange.event;
      report(logger, id, exchange.error);
      exchange.response = errorReply(exchange.error, id, allowed, headers['accept']);
    },
  };
}

function report(logger: Logger, requestId: string, error: unknown): void {
  if (!(error instanceof XapiError)) logger.error('failed', { requestId, stack: stackOf(error) });
  else if (error.code === 'overloaded') logger.warn('overloaded', { requestId, detail: error.detail });
}
