import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Refusal } from '#local/gateway/refusal.ts';

/** An HTTP response as it goes over the wire. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** What an HTTP API makes of a function's result, payload format 2.0. */
export function fromResult(result: APIGatewayProxyStructuredResultV2): GatewayResponse {
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const { body = '', isBase64Encoded = false } = result;
  return {
    status: result.statusCode ?? 200,
    headers: {
      ...Object.fromEntries(headers),
      ...(result.cookies !== undefined && result.cookies.length > 0 && { 'set-cookie': result.cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

export function fromRefusal({ status, code, message, headers }: Refusal): GatewayResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ code, message }),
  };
}

/** The answer to what should not happen; the log has the details. */
export const FAILED = fromRefusal({
  status: 500,
  code: 'internal-error',
  message: 'The request failed for a reason that is not in the request.',
});
