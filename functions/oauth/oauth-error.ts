import { type ErrorCode, XapiError } from '#xapi/errors.ts';

/** Errors of the token endpoint (RFC 6749, 5.2), and what this LRS calls them. */
export const OAUTH_ERRORS = {
  invalid_request: 'parameter-invalid',
  invalid_client: 'not-authenticated',
  unauthorized_client: 'not-permitted',
  unsupported_grant_type: 'parameter-invalid',
  invalid_scope: 'parameter-invalid',
} as const satisfies Record<string, ErrorCode>;

export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** A request for a token that is refused. */
export class OAuthError extends XapiError {
  readonly error: OAuthErrorCode;

  constructor(error: OAuthErrorCode, message: string) {
    super({ code: OAUTH_ERRORS[error], message });
    this.error = error;
  }
}
