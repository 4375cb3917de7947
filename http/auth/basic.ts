import { Buffer } from 'node:buffer';

export interface BasicCredentials {
  readonly key: string;
  readonly secret: string;
}

const BASE64 = /^[a-z0-9+/]+={0,2}$/iu;

/** A byte order mark is no part of UTF-8 here, but of the key. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads what stands behind `Basic ` (RFC 7617): base64 of key, colon and secret in UTF-8. The first colon ends the key.
 *
 * @returns or why not, as a sentence.
 */
export function parseBasic(encoded: string): BasicCredentials | string {
  if (!isBase64(encoded)) return 'What stands behind "Basic " is not base64.';
  const pair = decoded(encoded);
  if (pair === undefined) return 'What stands behind "Basic " is base64 of bytes that are not UTF-8.';
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

function decoded(encoded: string): string | undefined {
  try {
    return UTF8.decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}
