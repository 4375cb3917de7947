const ORIGIN = /^([a-z][a-z0-9+.-]*):\/\/([^/?#@\s,]+)$/u;

const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/**
 * The origin of a web page in the form in which origins are compared (RFC 6454, 6): lower case, without the port that its
 * scheme implies. Undefined if the text is none, as `null` is of a page that has no origin to show.
 */
export function canonicalOrigin(text: string): string | undefined {
  const [, scheme = '', host = ''] = ORIGIN.exec(text.toLowerCase()) ?? [];
  if (scheme === '') return undefined;
  const port = DEFAULT_PORTS[scheme];
  return `${scheme}://${port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host}`;
}

/**
 * Whether a page may use a credential.
 *
 * @param origins absent: every page may
 * @param origin the header; absent: no page of another origin sends the request
 */
export function permitsOrigin(origins: readonly string[] | undefined, origin: string | undefined): boolean {
  if (origins === undefined || origin === undefined) return true;
  const sent = canonicalOrigin(origin);
  return sent !== undefined && origins.some((permitted) => canonicalOrigin(permitted) === sent);
}
