/** The errors of Secrets Manager that this server answers with, and their statuses. */
const STATUSES = {
  InvalidParameterException: 400,
  InvalidRequestException: 400,
  ResourceNotFoundException: 400,
  UnknownOperationException: 400,
} as const;

/** What a client is told when its request cannot be done. */
export class SecretsManagerError extends Error {
  override readonly name = 'SecretsManagerError';
  readonly code: keyof typeof STATUSES;
  readonly status: number;

  constructor(code: keyof typeof STATUSES, message: string) {
    super(message);
    this.code = code;
    this.status = STATUSES[code];
  }
}
