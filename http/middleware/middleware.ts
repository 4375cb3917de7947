import type { MiddlewareObj, Request } from '@middy/core';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';

export type Middleware = MiddlewareObj<HttpRequest, Reply>;

/** Where a middleware finds the request (`event`), the answer and the error. */
export type Exchange = Request<HttpRequest, Reply>;

/*
 * A request passes more than a dozen middlewares, of which most have nothing to wait for. middy goes on at once behind what
 * does not give it a promise.
 */

/** Changes every answer, that of an error included. */
export function onReply(change: (reply: Reply, request: HttpRequest) => Reply | Promise<Reply>): Middleware {
  const apply = (exchange: Exchange): Promise<void> | undefined => {
    const { response, event } = exchange;
    if (!response) return undefined;
    return whenReady(change(response, event), (reply) => {
      exchange.response = reply;
    });
  };
  return { after: apply, onError: apply };
}

/** Changes every request, or refuses it with a `XapiError`. */
export function onRequest(change: (request: HttpRequest) => HttpRequest | Promise<HttpRequest>): Middleware {
  return {
    before: (exchange: Exchange): Promise<void> | undefined =>
      whenReady(change(exchange.event), (request) => {
        exchange.event = request;
      }),
  };
}

/** @returns nothing when it was ready, and never a value, which middy would take for the answer. */
function whenReady<Value>(value: Value | Promise<Value>, use: (value: Value) => void): Promise<void> | undefined {
  if (value instanceof Promise) return value.then(use);
  use(value);
  return undefined;
}
