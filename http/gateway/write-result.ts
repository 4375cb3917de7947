import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Reply } from '#http/reply.ts';

/**
 * Longer texts travel as base64: Lambda writes the result as JSON, in which a text may double, while base64 adds a
 * third to anything. So a body that fits as base64 always fits.
 */
const TEXT_LIMIT = 1024 * 1024;

export function writeResult({ status, headers, body }: Reply): APIGatewayProxyStructuredResultV2 {
  const result = { statusCode: status, headers };
  if (body === undefined) return result;
  if (typeof body === 'string' && body.length <= TEXT_LIMIT) return { ...result, body, isBase64Encoded: false };
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  return { ...result, body: bytes.toString('base64'), isBase64Encoded: true };
}
