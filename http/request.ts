import type { Principal } from '#access/principal.ts';
import type { XapiVersion } from '#xapi/version.ts';

/** Name → value, names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** A parameter of the query string or of a form, decoded; a name may come twice. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** A request on its way to a resource: every middleware may pass on a copy with more, or something else, in it. */
export interface HttpRequest {
  /** In the answer and on every line of the log. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly received: number;
  /** The address the request came from, as the gateway saw it. */
  readonly source: string;
  readonly method: string;
  readonly path: string;
  /** As sent, still encoded. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly parameters: readonly Parameter[];
  readonly version?: XapiVersion;
  readonly principal?: Principal;
  /** What every answer to this request carries, errors included. */
  readonly replyHeaders: Readonly<Record<string, string>>;
}

/** A request that has come through version negotiation and authentication. */
export interface AuthorizedRequest extends HttpRequest {
  readonly version: XapiVersion;
  readonly principal: Principal;
}

/** Only for what runs behind version negotiation and authentication. */
export function authorized(request: HttpRequest): AuthorizedRequest {
  if (isAuthorized(request)) return request;
  throw new Error('The request was not authorised.');
}

function isAuthorized(request: HttpRequest): request is AuthorizedRequest {
  return request.version !== undefined && request.principal !== undefined;
}
