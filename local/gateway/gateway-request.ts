/** An HTTP request as it came over the wire. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly target: string;
  /** For example `HTTP/1.1`. */
  readonly protocol: string;
  /** Names and values by turns, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** @returns the two parts of a target around its first question mark. */
export function splitTarget(target: string): { readonly path: string; readonly query: string } {
  const mark = target.indexOf('?');
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
