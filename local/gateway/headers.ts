/** What belongs to one connection and is not passed on by a proxy (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set(['connection', 'expect', 'keep-alive', 'te', 'transfer-encoding', 'upgrade']);

/** Inherits nothing: a header may have any name. Objects without a prototype would be slower. */
const NO_NAMES = Object.freeze(Object.create(null));

export interface EventHeaders {
  /** Names in lower case; several headers of one name are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the header `cookie` carried, which the event has apart. */
  readonly cookies: readonly string[];
}

/**
 * With those that an HTTP API adds.
 *
 * @param rawHeaders names and values by turns, as sent.
 * @param sourceIp of the client.
 */
export function eventHeaders(rawHeaders: readonly string[], sourceIp: string): EventHeaders {
  const headers: Record<string, string> = Object.create(NO_NAMES);
  const cookies: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (name === 'cookie') cookies.push(...value.split(';').map((cookie) => cookie.trim()));
    else if (!HOP_BY_HOP.has(name)) {
      const before = headers[name];
      headers[name] = before === undefined ? value : `${before},${value}`;
    }
  }
  const forwardedFor = headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwardedFor ? `${forwardedFor}, ${sourceIp}` : sourceIp;
  headers['x-forwarded-proto'] ??= 'http';
  return { headers, cookies };
}
