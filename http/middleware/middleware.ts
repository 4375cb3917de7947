import type { MiddlewareObj, Request } from '@middy/core';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';

export type Middleware = MiddlewareObj<HttpRequest, Reply>;

/** Where a middleware finds the request (`event`), the answer and the error. */
export type Exchange = Request<HttpRequest, Reply>;

/** Changes every answer, that of an error included. */
export function onReply(change: (reply: Reply, request: HttpRequest) => Reply | Promise<Reply>): Middleware {
  const apply = async (exchange: Exchange): Promise<void> => {
    if (exchange.response) exchange.response = await change(exchange.response, exchange.event);
  };
  return { after: apply, onError: apply };
}

/** Changes every request, or refuses it with a `XapiError`. */
export function onRequest(change: (request: HttpRequest) => HttpRequest | Promise<HttpRequest>): Middleware {
  return {
    before: async (exchange: Exchange): Promise<void> => {
      exchange.event = await change(exchange.event);
    },
  };
}
