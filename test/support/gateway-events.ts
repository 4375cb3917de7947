import type { GatewayEvent } from '#http/gateway/read-event.ts';

export interface EventOptions {
  readonly method?: string;
  readonly path?: string;
  /** As it stands in the URL; a record is encoded. */
  readonly query?: string | Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Bytes travel as base64. */
  readonly body?: string | Uint8Array;
  /** The address the request comes from. */
  readonly source?: string;
}

/** An event as an HTTP API sends it, of a request of version 1.0.3 without a credential. */
export function anEvent({
  method = 'GET',
  path = '/xapi/statements',
  query = '',
  headers,
  body,
  source = '127.0.0.1',
}: EventOptions = {}): GatewayEvent {
  const binary = typeof body === 'object';
  return {
    rawPath: path,
    rawQueryString: typeof query === 'string' ? query : new URLSearchParams(query).toString(),
    headers: { 'x-experience-api-version': '1.0.3', ...headers },
    isBase64Encoded: binary,
    ...(body !== undefined && { body: binary ? Buffer.from(body).toString('base64') : body }),
    requestContext: { requestId: 'request-1', http: { method, sourceIp: source } },
  };
}

/** For the header `Authorization`. */
export function basic(key: string, secret: string): string {
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
}
