import compose from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Auditor } from '#http/audit/auditor.ts';
import type { Authenticator } from '#http/auth/authenticator.ts';
import type { Resource } from '#http/auth/scopes.ts';
import { errorReply } from '#http/error-reply.ts';
import { type GatewayEvent, readEvent } from '#http/gateway/read-event.ts';
import { writeResult } from '#http/gateway/write-result.ts';
import { addHeaders, withXapiHeaders } from '#http/middleware/add-headers.ts';
import { alternateSyntax } from '#http/middleware/alternate-syntax.ts';
import { answerErrors } from '#http/middleware/answer-errors.ts';
import { answerHead } from '#http/middleware/answer-head.ts';
import { answerPreflight } from '#http/middleware/answer-preflight.ts';
import { assumeVersion } from '#http/middleware/assume-version.ts';
import { authenticateRequest } from '#http/middleware/authenticate-request.ts';
import { compressReply } from '#http/middleware/compress-reply.ts';
import { decodeBody } from '#http/middleware/decode-body.ts';
import { finishCounts } from '#http/middleware/finish-counts.ts';
import { limitRequests } from '#http/middleware/limit-requests.ts';
import { logRequest } from '#http/middleware/log-request.ts';
import type { Middleware } from '#http/middleware/middleware.ts';
import { negotiateVersion, tolerateVersion } from '#http/middleware/negotiate-version.ts';
import { parseQuery } from '#http/middleware/parse-query.ts';
import { permit } from '#http/middleware/permit.ts';
import { allowedMethods, dispatch, type MethodHandlers } from '#http/methods.ts';
import type { Reply } from '#http/reply.ts';
import { authorized, type AuthorizedRequest, type HttpRequest } from '#http/request.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ResourceName } from '#runtime/metric-names.ts';
import type { RequestGate } from '#http/usage/request-gate.ts';
import type { StoreSource } from '#storage/registry.ts';
import { XapiError } from '#xapi/errors.ts';

type RemainingTime = Pick<Context, 'getRemainingTimeInMillis'>;

/** A Lambda handler for events of an HTTP API, payload format 2.0. Never throws. */
export type GatewayHandler = (
  event: GatewayEvent,
  context?: RemainingTime,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** Milliseconds before the function's time-out at which the client gets an answer. */
const TIME_TO_ANSWER = 500;

export interface ResourceDeps {
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface AuthorizedResourceDeps extends ResourceDeps {
  readonly authenticator: Authenticator;
  /** For their settings. */
  readonly stores: StoreSource;
  readonly requestGate: RequestGate;
  readonly auditor: Auditor;
}

/**
 * A resource for clients with a credential. The middlewares see a request from the first to the last, and its answer
 * from the last to the first.
 *
 * @param more run before the request is looked at, so that refusals of any kind carry what they add.
 */
export function createResource(
  resource: Resource,
  methods: MethodHandlers<AuthorizedRequest>,
  { logger, now, authenticator, stores, requestGate, auditor }: AuthorizedResourceDeps,
  more: readonly Middleware[] = [],
): GatewayHandler {
  const handle = dispatch(methods);
  return gatewayHandler(now, async (request) => handle(authorized(request)), [
    logRequest(resource, logger, now),
    finishCounts(requestGate, auditor),
    compressReply(),
    answerHead(),
    addHeaders(withXapiHeaders),
    answerErrors(logger, xapiErrors(allowedMethods(methods))),
    answerPreflight(() => allowedMethods(methods), withXapiHeaders),
    ...more,
    decodeBody(),
    parseQuery(),
    alternateSyntax(),
    negotiateVersion(),
    authenticateRequest(authenticator),
    limitRequests(requestGate),
    assumeVersion(stores),
    permit(resource),
  ]);
}

/** A resource for everybody, whatever version they speak. */
export function createPublicResource(
  resource: ResourceName,
  methods: MethodHandlers<HttpRequest>,
  { logger, now }: ResourceDeps,
): GatewayHandler {
  return gatewayHandler(now, dispatch(methods), [
    logRequest(resource, logger, now),
    compressReply(),
    answerHead(),
    addHeaders(withXapiHeaders),
    answerErrors(logger, xapiErrors(allowedMethods(methods))),
    answerPreflight(() => allowedMethods(methods), withXapiHeaders),
    decodeBody(),
    parseQuery(),
    alternateSyntax(),
    tolerateVersion(),
  ]);
}

function xapiErrors(allowed: readonly string[]): (error: unknown, request: HttpRequest) => Reply {
  return (error, request) => errorReply(error, request, allowed);
}

/** @param middlewares see a request from the first to the last, and its answer from the last to the first. */
export function gatewayHandler(
  now: () => number,
  handle: (request: HttpRequest) => Promise<Reply>,
  middlewares: readonly Middleware[],
): GatewayHandler {
  const chain = compose<HttpRequest, Reply>(handle, { timeoutEarlyInMillis: TIME_TO_ANSWER, timeoutEarlyResponse });
  for (const middleware of middlewares) chain.use(middleware);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- middy asks for all of Lambda's context and reads only this
  const run = chain as unknown as (request: HttpRequest, context: RemainingTime | undefined) => Promise<Reply>;
  return async (event, context) => writeResult(await run(readEvent(event, now()), context));
}

/** What was begun may still succeed; sent again, it is recognised as a replay. */
function timeoutEarlyResponse(): never {
  const message = 'The LRS could not process the request in time; send it again.';
  throw new XapiError({ code: 'overloaded', message }, { detail: 'the function timed out', retryAfter: 1 });
}
