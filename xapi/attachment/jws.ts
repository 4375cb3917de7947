import { invalidSignature } from '#xapi/attachment/invalid-signature.ts';
import { XapiError } from '#xapi/errors.ts';
import { decodeUtf8 } from '#xapi/json/decode-utf8.ts';
import { isJsonObject, type JsonObject } from '#xapi/json/json-value.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { shorten } from '#xapi/shorten.ts';

/** The algorithms of signed statements, with Node's names for their hashes (xAPI 1.0.3, Data 2.6; RFC 7518, 3.3). */
const ALGORITHMS = new Map([
  ['RS256', 'sha256'],
  ['RS384', 'sha384'],
  ['RS512', 'sha512'],
]);

export interface Jws {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  /** The hash of the algorithm, as `node:crypto` calls it. */
  readonly hash: string;
  /** What was signed. */
  readonly input: string;
  readonly signature: Uint8Array;
}

/** Three parts in base64url, without padding (RFC 7515, 7.1). */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/**
 * Reads a JWS in its compact serialization, of which header and payload are JSON objects.
 *
 * @throws XapiError `signature-invalid`
 */
export function parseJws(content: Uint8Array, path: string): Jws {
  const match = COMPACT.exec(Buffer.from(content).toString('latin1'));
  if (match === null) {
    throw invalidSignature(path, 'The signature is not a JWS in compact serialization.', 'header.payload.signature');
  }
  const [, encodedHeader = '', encodedPayload = '', encodedSignature = ''] = match;
  const header = jsonObject(encodedHeader, 'header', path);
  return {
    header,
    payload: jsonObject(encodedPayload, 'payload', path),
    hash: hashOf(header, path),
    input: `${encodedHeader}.${encodedPayload}`,
    signature: Buffer.from(encodedSignature, 'base64url'),
  };
}

function jsonObject(encoded: string, name: string, path: string): JsonObject {
  try {
    const { value } = parseJson(decodeUtf8(Buffer.from(encoded, 'base64url')));
    if (isJsonObject(value)) return value;
  } catch (cause) {
    if (!(cause instanceof XapiError)) throw cause;
    throw invalidSignature(path, `The JWS ${name} is not JSON: ${cause.message}`, 'a JSON object', cause);
  }
  throw invalidSignature(path, `The JWS ${name} is not a JSON object.`, 'a JSON object');
}

function hashOf(header: JsonObject, path: string): string {
  const algorithm = header['alg'];
  const hash = typeof algorithm === 'string' ? ALGORITHMS.get(algorithm) : undefined;
  if (hash === undefined) {
    throw invalidSignature(
      path,
      `The JWS uses the algorithm ${shorten(algorithm)}.`,
      [...ALGORITHMS.keys()].join(', '),
    );
  }
  if (header['crit'] !== undefined) {
    throw invalidSignature(path, 'The JWS demands extensions that this LRS does not know.', 'a header without crit');
  }
  return hash;
}
