import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpRequest } from '#http/request.ts';

/** What this LRS reads of an event of an HTTP API, payload format 2.0, which has the names of headers in lower case. */
export type GatewayEvent = Pick<
  APIGatewayProxyEventV2,
  'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
> & {
  readonly requestContext: Pick<APIGatewayProxyEventV2['requestContext'], 'requestId'> & {
    readonly http: Pick<APIGatewayProxyEventV2['requestContext']['http'], 'method' | 'sourceIp'>;
  };
};

/** @param received milliseconds since 1970 */
export function readEvent(event: GatewayEvent, received: number): HttpRequest {
  return {
    id: event.requestContext.requestId,
    received,
    source: event.requestContext.http.sourceIp,
    method: event.requestContext.http.method,
    path: event.rawPath,
    query: event.rawQueryString,
    headers: event.headers,
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    parameters: [],
    replyHeaders: {},
  };
}
