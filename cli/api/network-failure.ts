import { Failure } from '#cli/failure.ts';
import { type Endpoint, isLoopback } from '#cli/profiles/endpoint.ts';

/** What goes by itself: the request may be sent again. */
const PASSING = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'];

const UNKNOWN_HOST = ['ENOTFOUND', 'EAI_AGAIN'];

const UNTRUSTED = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return isTimeout(error) || (code !== undefined && PASSING.includes(code));
}

/** Why there was no answer, and what to do. @param error of `fetch` */
export function networkFailure(error: unknown, endpoint: Endpoint): Failure {
  const { host, hostname } = new URL(endpoint.root);
  const code = codeOf(error) ?? '';
  if (isTimeout(error)) return new Failure(`${host} has not answered in time. Try again later.`);
  if (code === 'ECONNREFUSED') {
    const question = isLoopback(endpoint) ? 'is npm start running, with this PORT?' : 'is the endpoint right?';
    return new Failure(`Nothing listens on ${host}: ${question}`);
  }
  if (UNKNOWN_HOST.includes(code)) {
    return new Failure(`There is no host ${hostname}, or no network: is the endpoint right?`);
  }
  if (UNTRUSTED.includes(code)) {
    return new Failure(
      `The certificate of ${host} is not trusted (${code}). For an authority of your own, set NODE_EXTRA_CA_CERTS ` +
        'to the file with its certificate.',
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return new Failure(`${host} does not speak TLS as expected (${code}): should the endpoint begin with http://?`);
  }
  return new Failure(`${host} cannot be reached: ${reasonOf(error)}`);
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** `fetch` hides it in the cause, and in the first of several causes when it has tried several addresses. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.cause !== undefined) return codeOf(error.cause);
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}
