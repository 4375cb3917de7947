import type { Exchange, Middleware } from '#http/middleware/middleware.ts';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import type { Logger } from '#runtime/logger.ts';
import { stackOf } from '#runtime/stack-of.ts';
import { XapiError } from '#xapi/errors.ts';

/**
 * Turns whatever was thrown into an answer, and tells the log what the client is not told. Of a refusal there is no more
 * to tell than its code, which is on the line of the request.
 *
 * @param replyTo puts it into words
 */
export function answerErrors(logger: Logger, replyTo: (error: unknown, request: HttpRequest) => Reply): Middleware {
  return {
    onError: (exchange: Exchange): void => {
      report(logger, exchange.event.id, exchange.error);
      exchange.response = replyTo(exchange.error, exchange.event);
    },
  };
}

function report(logger: Logger, requestId: string, error: unknown): void {
  if (!(error instanceof XapiError)) logger.error('failed', { requestId, stack: stackOf(error) });
  else if (error.code === 'overloaded')
    logger[error.isLasting ? 'error' : 'warn']('overloaded', { requestId, detail: error.detail });
}
