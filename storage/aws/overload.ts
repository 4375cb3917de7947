import { XapiError } from '#xapi/errors.ts';

/** Names under which AWS services refuse for load, or give up on, a request that may be sent again. */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'SlowDown',
  'ThrottlingException',
  'TimeoutError',
  'AbortError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** Node's codes of a connection that could not be made or did not last. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

const RETRY_AFTER_SECONDS = 1;

/**
 * @param isLasting see `XapiError`
 * @returns the error a client gets when the storage cannot answer now: `overloaded`, with `retryAfter` in seconds.
 */
export function overloaded(cause: unknown, isLasting = false): XapiError {
  const detail = cause instanceof Error ? `${cause.name}: ${messageOf(cause)}` : String(cause);
  const message = 'The LRS cannot process the request at the moment; nothing is wrong with it, send it again.';
  return new XapiError({ code: 'overloaded', message }, { detail, retryAfter: RETRY_AFTER_SECONDS, cause, isLasting });
}

/** A SyntaxError of `JSON.parse` quotes the text, which may be a learner's. */
function messageOf(error: Error): string {
  return error instanceof SyntaxError ? 'the answer could not be parsed' : error.message;
}

/** Whether an SDK error says that the service is short of capacity, out of reach or defective: not that we erred. */
function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (TRANSIENT_NAMES.has(error.name)) return true;
  if ('code' in error && typeof error.code === 'string' && CONNECTION_CODES.has(error.code)) return true;
  return httpStatus(error) >= 500;
}

/** Turns a transient SDK error into `overloaded`; throws every other error as it is. */
export function throwTransient(error: unknown): never {
  throw isTransient(error) ? overloaded(error) : error;
}

/** @returns the status of the response an SDK error was made from, 0 if there was none. */
export function httpStatus(error: Error): number {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
