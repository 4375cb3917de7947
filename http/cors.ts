/**
 * Content runs anywhere, so any origin may send requests. Credentials mode is off: requests are authorised by a
 * header the content sets itself, never by a cookie that a foreign page could make a browser send.
 */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': [
    'ETag',
    'Idempotent-Replayed',
    'Last-Modified',
    'Location',
    'Retry-After',
    'WWW-Authenticate',
    'X-Experience-API-Consistent-Through',
    'X-Experience-API-Version',
    'X-Request-Id',
  ].join(', '),
} as const;

/** @param methods what the resource answers. */
export function preflightHeaders(methods: readonly string[]): Record<string, string> {
  return {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': [
      'Accept',
      'Accept-Language',
      'Authorization',
      'Content-Encoding',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'If-None-Match',
      'X-Experience-API-Version',
    ].join(', '),
    /** Seconds: a day, of which some browsers take two hours. */
    'Access-Control-Max-Age': '86400',
  };
}
