import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { splitTarget } from '#local/gateway/gateway-request.ts';
import type { GatewayRequest } from '#local/gateway/gateway-request.ts';
import { eventHeaders } from '#local/gateway/headers.ts';
import { isTextBody } from '#local/gateway/text-body.ts';

const STAGE = '$default';

/** Made when they are read, which no function of the LRS does: it reads the query string as it was sent. */
const QUERY_PARAMETERS: PropertyDescriptor & ThisType<APIGatewayProxyEventV2> = {
  get() {
    return joinedParameters(this.rawQueryString);
  },
  enumerable: true,
};

export interface EventIdentity {
  readonly requestId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** For example `GET /xapi/statements`. */
  readonly routeKey: string;
  /** Decoded; undefined when the path of the route has no variables. */
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
}

/** The event, payload format 2.0, that an HTTP API makes of a request. */
export function toEvent(request: GatewayRequest, identity: EventIdentity): APIGatewayProxyEventV2 {
  const { requestId, now, routeKey, pathParameters } = identity;
  const { path, query } = splitTarget(request.target);
  const { headers, cookies } = eventHeaders(request.rawHeaders, request.sourceIp);
  const isBase64Encoded = request.body.length > 0 && !isTextBody(request.body, headers);
  const domainName = headers['host'] ?? 'localhost';
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: STAGE,
      time: commonLogTime(now),
      timeEpoch: now,
    },
    isBase64Encoded,
  };
  if (cookies.length > 0) event.cookies = [...cookies];
  if (query !== '') Object.defineProperty(event, 'queryStringParameters', QUERY_PARAMETERS);
  if (pathParameters !== undefined) event.pathParameters = { ...pathParameters };
  if (request.body.length > 0) event.body = request.body.toString(isBase64Encoded ? 'base64' : 'utf8');
  return event;
}

/** Several values of one name are joined by a comma. */
function joinedParameters(query: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(parameters);
}

/** For example `31/Jan/2030:08:05:09 +0000`, of `Thu, 31 Jan 2030 08:05:09 GMT`. */
function commonLogTime(now: number): string {
  const utc = new Date(now).toUTCString();
  return `${utc.slice(5, 7)}/${utc.slice(8, 11)}/${utc.slice(12, 16)}:${utc.slice(17, 25)} +0000`;
}
