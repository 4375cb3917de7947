import type { ErrorCode } from '#xapi/errors.ts';

/** The status of every error (xAPI 1.0.3, Communication 3.2; xAPI 2.0, 4.1.6). */
export const ERROR_STATUS = {
  'body-invalid': 400,
  'statement-invalid': 400,
  'statement-duplicate-id': 400,
  'statement-conflict': 409,
  'statement-not-found': 404,
  'voiding-invalid': 400,
  'attachment-invalid': 400,
  'signature-invalid': 400,
  'parameter-invalid': 400,
  'parameter-missing': 400,
  'parameter-unknown': 400,
  'header-invalid': 400,
  'version-unsupported': 400,
  'request-too-large': 413,
  /** 400, not 415: the specification has no 415. */
  'content-type-unsupported': 400,
  'document-invalid': 400,
  'document-not-found': 404,
  'precondition-required': 409,
  'precondition-failed': 412,
  'not-authenticated': 401,
  'not-permitted': 403,
  'resource-not-found': 404,
  'method-not-allowed': 405,
  'resource-exists': 409,
  'resource-changed': 409,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  overloaded: 503,
} as const satisfies Record<ErrorCode, number>;
