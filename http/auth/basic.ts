import { Buffer, isUtf8 } from 'node:buffer';

export interface BasicCredentials {
  readonly key: string;
  readonly secret: string;
}

const BASE64 = /^[a-z0-9+/]+={0,2}$/iu;

/**
 * Reads what stands behind `Basic ` (RFC 7617): base64 of key, colon and secret in UTF-8. The first colon ends the key.
 *
 * @returns or why not, as a sentence.
 */
export function parseBasic(encoded: string): BasicCredentials | string {
  if (!isBase64(encoded)) return 'What stands behind "Basic " is not base64.';
  const bytes = Buffer.from(encoded, 'base64');
  if (!isUtf8(bytes)) return 'What stands behind "Basic " is base64 of bytes that are not UTF-8.';
  // A byte order mark stays: it is a part of the key.
  const pair = bytes.toString();
  const colon = pair.indexOf(':');
  if (colon === -1) return 'What stands behind "Basic " is base64 of a text without the colon between key and secret.';
  if (colon === 0) return 'What stands behind "Basic " has no key before the colon.';
  return { key: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

/** Its padding may be missing, because nothing is unclear without it; too much or too little of it may not. */
function isBase64(text: string): boolean {
  if (!BASE64.test(text)) return false;
  return text.endsWith('=') ? text.length % 4 === 0 : text.length % 4 !== 1;
}
