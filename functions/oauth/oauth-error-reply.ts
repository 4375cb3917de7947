import { OAuthError, type OAuthErrorCode } from '#functions/oauth/oauth-error.ts';
import { errorHeaders, INTERNAL_ERROR } from '#http/error-reply.ts';
import { ERROR_STATUS } from '#http/error-status.ts';
import type { Reply } from '#http/reply.ts';
import { type ErrorCode, XapiError } from '#xapi/errors.ts';

/** For what RFC 6749, 5.2 has no name: those of its 4.1.2.1. */
export const OTHER_ERRORS = ['temporarily_unavailable', 'server_error'] as const;

type OtherError = (typeof OTHER_ERRORS)[number];

const ERRORS: Readonly<Partial<Record<ErrorCode, OAuthErrorCode | OtherError>>> = {
  'not-authenticated': 'invalid_client',
  'not-permitted': 'unauthorized_client',
  'too-many-requests': 'temporarily_unavailable',
  overloaded: 'temporarily_unavailable',
};

/** Of what is no refusal in the sense of RFC 6749, 5.2, but of HTTP. */
const OWN_STATUS: ReadonlySet<ErrorCode> = new Set([
  'not-authenticated',
  'resource-not-found',
  'method-not-allowed',
  'request-too-large',
  'too-many-requests',
  'overloaded',
]);

/** A token is no way to ask for one. */
const CHALLENGE = 'Basic realm="oauth", charset="UTF-8"';

/** An error as RFC 6749, 5.2 has it. @param allowed the methods at the path */
export function oauthErrorReply(error: unknown, allowed: readonly string[]): Reply {
  const known = error instanceof XapiError;
  const { code, message } = known ? error.problem : INTERNAL_ERROR;
  const body = { error: known ? nameOf(error) : 'server_error', error_description: describable(message) };
  return {
    status: known ? statusOf(error.code) : 500,
    headers: { 'Content-Type': 'application/json', ...headersOf(error, allowed) },
    body: JSON.stringify(body),
    facts: { code },
  };
}

function nameOf(error: XapiError): OAuthErrorCode | OtherError {
  return error instanceof OAuthError ? error.error : (ERRORS[error.code] ?? 'invalid_request');
}

function statusOf(code: ErrorCode): number {
  return OWN_STATUS.has(code) ? ERROR_STATUS[code] : 400;
}

function headersOf(error: unknown, allowed: readonly string[]): Record<string, string> {
  const isClient = error instanceof XapiError && error.code === 'not-authenticated';
  return isClient ? { 'WWW-Authenticate': CHALLENGE } : errorHeaders(error, allowed);
}

/** The characters that a description may have (RFC 6749, 5.2). */
function describable(message: string): string {
  return message.replaceAll(/["\\]/gu, "'").replaceAll(/[^\u0020-\u007E]/gu, '?');
}
