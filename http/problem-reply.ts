import { errorHeaders, type FailedRequest, INTERNAL_ERROR } from '#http/error-reply.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import type { Reply, ReplyFacts } from '#http/reply.ts';
import { type Problem, XapiError } from '#xapi/errors.ts';

export const PROBLEM_TYPE = 'application/problem+json';

/** What `type` begins with; the code follows. */
const TYPE_PREFIX = 'urn:serverless-lrs:error:';

/**
 * An error as problem details (RFC 9457), with the members of an error of the xAPI resources beside those of the RFC.
 *
 * @param allowed the methods of the resource
 */
export function problemReply(error: unknown, request: FailedRequest, allowed: readonly string[]): Reply {
  // Sections of the xAPI say nothing of what is not the xAPI.
  const { message, code, section: _, ...more } = problemOf(error);
  const status = error instanceof XapiError ? ERROR_STATUS[error.code] : 500;
  const problem = { type: `${TYPE_PREFIX}${code}`, title: titleOf(code), status, detail: message, code, ...more };
  return {
    status,
    headers: { 'Content-Type': PROBLEM_TYPE, ...errorHeaders(error, allowed, request.headers) },
    body: JSON.stringify({ ...problem, requestId: request.id }),
    facts: { code },
  };
}

function problemOf(error: unknown): Omit<Problem, 'code'> & Pick<Required<ReplyFacts>, 'code'> {
  return error instanceof XapiError ? error.problem : INTERNAL_ERROR;
}

/** The same for all errors of a code (RFC 9457, 3.1.3). */
function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
