export interface BasicCredentials {
  readonly key: string;
  readonly secret: string;
}

const HEADER = /^basic +([a-z0-9+/]+={0,2}) *$/iu;

/** @returns undefined unless the header is well-formed HTTP Basic (RFC 7617), with the key and secret in UTF-8. */
export function parseBasic(authorization: string): BasicCredentials | undefined {
  const encoded = HEADER.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : { key: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}
