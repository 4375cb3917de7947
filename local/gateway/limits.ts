import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { GatewayRequest } from '#local/gateway/gateway-request.ts';
import type { Refusal } from '#local/gateway/refusal.ts';

/** Of an HTTP API, in bytes: a whole body, and a request line with all headers. */
export const BODY_LIMIT = 10 * 1024 * 1024;
const HEAD_LIMIT = 10_240;

/** Of Lambda, in bytes of JSON: the event that invokes a function, and the result that it returns. */
const PAYLOAD_LIMIT = 6_291_556;
/** A character takes at most this many bytes of JSON per byte of UTF-8 (`\u0000`). */
const JSON_GROWTH = 6;
/** What an event holds besides the body, at most. */
const EVENT_FRAME = 64 * 1024;

const SMALLER = 'send fewer statements in one request, and larger attachments by their fileUrl.';

/** @returns 414 when the request line alone is too long, 431 when it is with the headers. */
export function refuseLongHead({ method, target, protocol, rawHeaders }: HeadOfRequest): Refusal | undefined {
  const line = Buffer.byteLength(`${method} ${target} ${protocol}\r\n`);
  // Each of their characters was one byte.
  const headers = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  if (line + headers <= HEAD_LIMIT) return undefined;
  const alone = line > HEAD_LIMIT;
  const what = alone ? 'The request line is' : 'The request line and the headers are';
  return {
    status: alone ? 414 : 431,
    code: 'request-too-large',
    message: `${what} longer than ${HEAD_LIMIT} bytes: shorten the query string, or send it as a form by POST.`,
  };
}

type HeadOfRequest = Pick<GatewayRequest, 'method' | 'target' | 'protocol' | 'rawHeaders'>;

export function refuseLargeBody(size: number): Refusal | undefined {
  if (size <= BODY_LIMIT) return undefined;
  return { status: 413, code: 'request-too-large', message: `The body is larger than 10 MB: ${SMALLER}` };
}

export function refuseLargeEvent(event: APIGatewayProxyEventV2): Refusal | undefined {
  if ((event.body ?? '').length * JSON_GROWTH + EVENT_FRAME <= PAYLOAD_LIMIT) return undefined;
  if (Buffer.byteLength(JSON.stringify(event)) <= PAYLOAD_LIMIT) return undefined;
  const limit = event.isBase64Encoded
    ? '6 MB once it is encoded in base64 (about 4.5 MB of content)'
    : '6 MB once it is encoded as JSON';
  return { status: 413, code: 'request-too-large', message: `The request is larger than ${limit}: ${SMALLER}` };
}

export function isLargeResult(result: APIGatewayProxyStructuredResultV2): boolean {
  if ((result.body ?? '').length * JSON_GROWTH + EVENT_FRAME <= PAYLOAD_LIMIT) return false;
  return Buffer.byteLength(JSON.stringify(result)) > PAYLOAD_LIMIT;
}
