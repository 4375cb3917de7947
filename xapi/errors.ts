/**
 * The errors a caller of this LRS can be told about. Every one carries a stable `code`; `http/error-status.ts` maps
 * each code to an HTTP status in one exhaustive table, and `docs/reference/errors.md` explains each of them.
 */
export const ERROR_CODES = [
  'body-invalid',
  'statement-invalid',
  'statement-duplicate-id',
  'statement-conflict',
  'statement-not-found',
  'voiding-invalid',
  'attachment-invalid',
  'signature-invalid',
  'parameter-invalid',
  'parameter-missing',
  'parameter-unknown',
  'header-invalid',
  'version-unsupported',
  'request-too-large',
  'content-type-unsupported',
  'document-invalid',
  'document-not-found',
  'precondition-required',
  'precondition-failed',
  'not-authenticated',
  'not-permitted',
  'resource-not-found',
  'method-not-allowed',
  'resource-exists',
  'resource-changed',
  'credential-in-use',
  'idempotency-key-reused',
  'too-many-requests',
  'overloaded',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Where and why an input was refused. All members are safe to show to the client that sent the input. */
export interface Problem {
  readonly code: ErrorCode;
  /** One sentence: what is wrong, what was expected. */
  readonly message: string;
  /** JSON path from the root of the body (`$[3].actor.mbox`), or the name of the parameter or header. */
  readonly path?: string;
  /** What was expected there, as a phrase. */
  readonly expected?: string;
  /** What came, shortened by `shorten` in `xapi/shorten.ts`. */
  readonly received?: string;
  /** Sections of the specification: `xAPI 1.0.3, Data 2.6; xAPI 2.0, 4.2.6`, or of the one version that says so. */
  readonly section?: string;
}

/** An input or a state that the specification answers with an error: never a defect of this software. */
export class XapiError extends Error {
  override readonly name = 'XapiError';
  readonly code: ErrorCode;
  readonly problem: Problem;
  /** Seconds after which a client may try again; set on `overloaded` and `too-many-requests` only. */
  readonly retryAfter: number | undefined;
  /** The least scope that would permit it; set on `not-permitted` only, for clients whose token has too few. */
  readonly scope: string | undefined;
  /** Whether an operator has to put it right, for the log only. */
  readonly isLasting: boolean;
  /** For the log only, never sent to a client. */
  readonly detail: string | undefined;

  constructor(
    problem: Problem,
    options: { detail?: string; retryAfter?: number; scope?: string; cause?: unknown; isLasting?: boolean } = {},
  ) {
    super(problem.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = problem.code;
    this.problem = problem;
    this.isLasting = options.isLasting ?? false;
    this.detail = options.detail;
    this.retryAfter = options.retryAfter;
    this.scope = options.scope;
  }
}
