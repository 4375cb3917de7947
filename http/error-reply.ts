import { challenge, scopeChallenge } from '#http/auth/challenge.ts';
import { errorType, writeError } from '#http/error-body.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import type { Reply } from '#http/reply.ts';
import type { Headers, HttpRequest } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';

/** Anything but a `XapiError` is a defect: the client gets the request's id, by which the log tells what happened. */
export const INTERNAL_ERROR = {
  code: 'internal-error',
  message: 'The LRS failed to process the request. The log of the LRS has the details under the request id.',
} as const;

/** Of the request that failed. */
export type FailedRequest = Pick<HttpRequest, 'id' | 'headers'>;

/**
 * @param allowed the methods of the resource
 * @returns the members of `Problem` and `requestId`, as JSON, text or HTML (xAPI 1.0.3, Communication 3.2).
 */
export function errorReply(error: unknown, request: FailedRequest, allowed: readonly string[]): Reply {
  const problem = error instanceof XapiError ? error.problem : INTERNAL_ERROR;
  const type = errorType(request.headers['accept'] ?? '');
  return {
    status: error instanceof XapiError ? ERROR_STATUS[error.code] : 500,
    headers: {
      'Content-Type': type === 'application/json' ? type : `${type}; charset=utf-8`,
      ...errorHeaders(error, allowed, request.headers),
    },
    body: writeError({ ...problem, requestId: request.id }, type),
    facts: { code: problem.code },
  };
}

/** @param headers of the request */
export function errorHeaders(
  error: unknown,
  allowed: readonly string[],
  headers: Headers = {},
): Record<string, string> {
  if (!(error instanceof XapiError)) return {};
  if (error.code === 'not-authenticated') return { 'WWW-Authenticate': challenge(headers['authorization']) };
  if (error.scope !== undefined) return missingScope(headers['authorization'], error.scope);
  if (error.code === 'method-not-allowed') return { Allow: allowed.join(', ') };
  if (error.retryAfter !== undefined) return { 'Retry-After': String(error.retryAfter) };
  return {};
}

function missingScope(authorization: string | undefined, scope: string): Record<string, string> {
  const told = scopeChallenge(authorization, scope);
  return told === undefined ? {} : { 'WWW-Authenticate': told };
}
