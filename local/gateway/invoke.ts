import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { toContext } from '#local/lambda/context.ts';
import { FAILED, fromRefusal, fromResult } from '#local/gateway/gateway-response.ts';
import type { GatewayResponse } from '#local/gateway/gateway-response.ts';
import type { GatewayHandler } from '#local/gateway/handler.ts';
import { isLargeResult } from '#local/gateway/limits.ts';

/** Milliseconds that an HTTP API waits for a function. */
const TIME_LIMIT = 30_000;

const TIMED_OUT = fromRefusal({
  status: 503,
  code: 'overloaded',
  message: 'The request took too long; try again later.',
  headers: { 'retry-after': '1' },
});

/** Calls a function as Lambda does. What it does wrong is logged, and the client gets an answer without details. */
export async function invoke(
  name: string,
  handler: GatewayHandler,
  event: APIGatewayProxyEventV2,
): Promise<GatewayResponse> {
  const { requestId } = event.requestContext;
  const { promise, resolve, reject } = Promise.withResolvers<APIGatewayProxyStructuredResultV2 | undefined>();
  const timer = setTimeout(resolve, TIME_LIMIT, undefined);
  try {
    const context = toContext(name, requestId, Date.now() + TIME_LIMIT);
    handler(event, context).then(resolve, reject);
    const result = await promise;
    if (result === undefined) return logged(name, requestId, 'took longer than 30 s', TIMED_OUT);
    if (isLargeResult(result)) return logged(name, requestId, 'returned more than 6 MB', FAILED);
    return fromResult(result);
  } catch (error) {
    return logged(name, requestId, error, FAILED);
  } finally {
    clearTimeout(timer);
  }
}

function logged(name: string, requestId: string, what: unknown, response: GatewayResponse): GatewayResponse {
  console.error(`The function ${name} failed on request ${requestId}:`, what);
  return response;
}
