import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { splitTarget } from '#local/gateway/gateway-request.ts';
import type { GatewayRequest } from '#local/gateway/gateway-request.ts';
import { eventHeaders } from '#local/gateway/headers.ts';
import { isTextBody } from '#local/gateway/text-body.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const STAGE = '$default';

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
  const { headers, cookies } = eventHeaders(request.rawHeaders);
  const isText = isTextBody(request.body, headers);
  const domainName = headers['host'] ?? 'localhost';
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies: [...cookies] }),
    headers: forwarded(headers, request.sourceIp),
    ...(query !== '' && { queryStringParameters: joinedParameters(query) }),
    ...(pathParameters !== undefined && { pathParameters: { ...pathParameters } }),
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
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

function forwarded(headers: Readonly<Record<string, string>>, sourceIp: string): Record<string, string> {
  const before = headers['x-forwarded-for'];
  return { 'x-forwarded-proto': 'http', ...headers, 'x-forwarded-for': before ? `${before}, ${sourceIp}` : sourceIp };
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

/** For example `31/Jan/2030:08:05:09 +0000`. */
function commonLogTime(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split(/[T.]/u);
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1] ?? month}/${year}:${time} +0000`;
}
