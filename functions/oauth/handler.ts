import { authenticateClient } from '#functions/oauth/authenticate-client.ts';
import { fetchErrorReply, fetchToken } from '#functions/oauth/fetch-token.ts';
import { type IssueDeps, issueToken } from '#functions/oauth/issue-token.ts';
import { oauthErrorReply } from '#functions/oauth/oauth-error-reply.ts';
import { allowedMethods, dispatch, type MethodHandlers } from '#http/methods.ts';
import { addHeaders, withCommonHeaders } from '#http/middleware/add-headers.ts';
import { answerErrors } from '#http/middleware/answer-errors.ts';
import { answerHead } from '#http/middleware/answer-head.ts';
import { answerPreflight } from '#http/middleware/answer-preflight.ts';
import { decodeBody } from '#http/middleware/decode-body.ts';
import { finishCounts } from '#http/middleware/finish-counts.ts';
import { leaveMapping } from '#http/middleware/leave-mapping.ts';
import { limitRequests } from '#http/middleware/limit-requests.ts';
import { logRequest } from '#http/middleware/log-request.ts';
import { jsonReply, type Reply } from '#http/reply.ts';
import type { HttpRequest } from '#http/request.ts';
import { type AuthorizedResourceDeps, gatewayHandler, type GatewayHandler } from '#http/resource.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import type { VerificationKeys } from '#tokens/verification-keys.ts';
import { XapiError } from '#xapi/errors.ts';

export interface OAuthDeps extends AuthorizedResourceDeps, IssueDeps {
  readonly tickets: TicketStore;
  readonly verificationKeys: Pick<VerificationKeys, 'all'>;
  /** URL in front of all paths as clients see it, without a slash at its end. */
  readonly publicUrl: string;
}

interface Endpoint {
  readonly path: RegExp;
  readonly methods: MethodHandlers<HttpRequest>;
  readonly replyTo: (error: unknown, allowed: readonly string[]) => Reply;
}

const TOKEN_PATH = /^\/oauth\/token$/u;
const FETCH_PATH = /^\/oauth\/fetch\/([^/]+)$/u;
const KEYS_PATH = /^\/\.well-known\/jwks\.json$/u;

/** Who verifies tokens elsewhere may keep the keys for so long: a new key is there longer before it signs. */
const KEYS_HEADERS = { 'Content-Type': 'application/jwk-set+json', 'Cache-Control': 'public, max-age=300' };

/** Tokens of this LRS: OAuth 2.0 (RFC 6749), the fetch URL of cmi5, and the public keys (RFC 7517). */
export function createHandler(deps: OAuthDeps): GatewayHandler {
  const { logger, now, authenticator, requestGate, auditor, publicUrl } = deps;
  const endpoints = endpointsOf(deps);
  const endpointAt = (path: string): Endpoint | undefined => endpoints.find((endpoint) => endpoint.path.test(path));
  const methodsAt = (path: string): readonly string[] => {
    const methods = endpointAt(path)?.methods;
    return methods === undefined ? [] : allowedMethods(methods);
  };
  const handle = async (request: HttpRequest): Promise<Reply> => {
    const endpoint = endpointAt(request.path);
    if (endpoint !== undefined) return dispatch(endpoint.methods)(request);
    throw new XapiError({ code: 'resource-not-found', message: 'There is nothing at this path.' });
  };
  const replyTo = (error: unknown, request: HttpRequest): Reply =>
    (endpointAt(request.path)?.replyTo ?? oauthErrorReply)(error, methodsAt(request.path));
  return gatewayHandler(now, handle, [
    leaveMapping(publicUrl),
    logRequest('oauth', logger, now),
    finishCounts(requestGate, auditor),
    answerHead(),
    addHeaders(withCommonHeaders),
    answerErrors(logger, replyTo),
    answerPreflight(methodsAt, withCommonHeaders),
    decodeBody(),
    authenticateClient(authenticator, ({ method, path }) => method === 'POST' && TOKEN_PATH.test(path)),
    limitRequests(requestGate),
  ]);
}

function endpointsOf(deps: OAuthDeps): readonly Endpoint[] {
  return [
    { path: TOKEN_PATH, methods: { POST: (request) => issueToken(request, deps) }, replyTo: oauthErrorReply },
    {
      path: FETCH_PATH,
      methods: { POST: ({ path }) => fetchToken(FETCH_PATH.exec(path)?.[1] ?? '', deps) },
      replyTo: fetchErrorReply,
    },
    {
      path: KEYS_PATH,
      methods: {
        GET: async () => jsonReply(JSON.stringify({ keys: await deps.verificationKeys.all() }), KEYS_HEADERS),
      },
      replyTo: oauthErrorReply,
    },
  ];
}
