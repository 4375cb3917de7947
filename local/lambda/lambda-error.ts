/** The errors of Lambda that this server answers with, and their statuses. */
const STATUSES = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  RequestTooLargeException: 413,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
} as const;

/** What a client is told when its request cannot be done. */
export class LambdaError extends Error {
  override readonly name = 'LambdaError';
  readonly code: keyof typeof STATUSES;
  readonly status: number;

  constructor(code: keyof typeof STATUSES, message: string) {
    super(message);
    this.code = code;
    this.status = STATUSES[code];
  }
}
