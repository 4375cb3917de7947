import { addHeaders, withCommonHeaders } from '#http/middleware/add-headers.ts';
import { answerErrors } from '#http/middleware/answer-errors.ts';
import { answerHead } from '#http/middleware/answer-head.ts';
import { answerPreflight } from '#http/middleware/answer-preflight.ts';
import { authenticateRequest } from '#http/middleware/authenticate-request.ts';
import { compressReply } from '#http/middleware/compress-reply.ts';
import { decodeBody } from '#http/middleware/decode-body.ts';
import { finishCounts } from '#http/middleware/finish-counts.ts';
import { leaveMapping } from '#http/middleware/leave-mapping.ts';
import { limitRequests } from '#http/middleware/limit-requests.ts';
import { logRequest } from '#http/middleware/log-request.ts';
import type { Middleware } from '#http/middleware/middleware.ts';
import { parseQuery } from '#http/middleware/parse-query.ts';
import { problemReply } from '#http/problem-reply.ts';
import type { Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { type AuthorizedResourceDeps, gatewayHandler, type GatewayHandler } from '#http/resource.ts';
import type { ResourceName } from '#runtime/metric-names.ts';

/** Where requests of an API with many paths go. */
export interface Router {
  /** For `Allow`; none when nothing is at the path. */
  readonly methodsAt: (path: string) => readonly string[];
  /**
   * @returns whether everybody may send the request.
   * @throws XapiError `resource-not-found`, `method-not-allowed`
   */
  readonly isPublic: (request: HttpRequest) => boolean;
  /** Of a request that has come through `isPublic`, and has its principal unless it is public. */
  readonly handle: (request: HttpRequest) => Promise<Reply>;
}

export interface ManagementDeps extends AuthorizedResourceDeps {
  /** URL in front of all paths as clients see it, without a slash at its end. */
  readonly publicUrl: string;
}

/** An API that is not the xAPI: it has no version header and no requests sent as forms, and its errors are problem details. */
export function createManagement(
  resource: ResourceName,
  { methodsAt, isPublic, handle }: Router,
  { logger, now, authenticator, requestGate, auditor, publicUrl }: ManagementDeps,
): GatewayHandler {
  return gatewayHandler(now, handle, [
    leaveMapping(publicUrl),
    logRequest(resource, logger, now),
    finishCounts(requestGate, auditor),
    compressReply(),
    answerHead(),
    addHeaders(withCommonHeaders),
    answerErrors(logger, (error, request) => problemReply(error, request, methodsAt(request.path))),
    answerPreflight(methodsAt, withCommonHeaders),
    unless(isPublic, authenticateRequest(authenticator)),
    limitRequests(requestGate),
    decodeBody(),
    parseQuery(),
  ]);
}

/** The middleware only for requests for which the condition does not hold. */
function unless(condition: (request: HttpRequest) => boolean, { before }: Middleware): Middleware {
  return { before: (exchange) => (condition(exchange.event) ? undefined : before?.(exchange)) };
}
