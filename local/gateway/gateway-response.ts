import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Refusal } from '#local/gateway/refusal.ts';

/** An HTTP response as it goes over the wire. */
export interface GatewayResponse {
  readonly status: number;
  /** Names, in lower case, and values by turns: as a list Node takes them as they are, instead of one by one. */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
}

/** What an HTTP API makes of a function's result, payload format 2.0. */
export function fromResult(result: APIGatewayProxyStructuredResultV2): GatewayResponse {
  const { statusCode: status = 200, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  const list: string[] = [];
  for (const name of Object.keys(headers)) list.push(name.toLowerCase(), String(headers[name]));
  for (const cookie of cookies) list.push('set-cookie', cookie);
  return { status, headers: list, body: isBase64Encoded ? Buffer.from(body, 'base64') : body };
}

export function fromRefusal({ status, code, message, headers = {} }: Refusal): GatewayResponse {
  return {
    status,
    headers: ['content-type', 'application/json', ...Object.entries(headers).flat()],
    body: JSON.stringify({ code, message }),
  };
}

/** The answer to what should not happen; the log has the details. */
export const FAILED = fromRefusal({
  status: 500,
  code: 'internal-error',
  message: 'The request failed for a reason that is not in the request.',
});
