import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';

/** Refuses what is beyond the limits of who sends the request; runs behind authentication, before anything is looked up. */
export function limitRequests(gate: Pick<RequestGate, 'admit'>): Middleware {
  return onRequest((request) => {
    if (request.principal !== undefined) gate.admit(request.principal);
    return request;
  });
}
