import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DICTIONARY_1 } from '#storage/dynamodb/statements/body-dictionary.ts';

/** The first byte of a stored body names the way it was written. */
const DEFLATE_DICTIONARY_1 = 1;

/** JSON text → the bytes that are stored: one byte of format, then the compressed text. */
export function encodeBody(text: string): Buffer {
  const packed = deflateRawSync(text, { dictionary: DICTIONARY_1 });
  return Buffer.concat([Buffer.of(DEFLATE_DICTIONARY_1), packed]);
}

/** The inverse of `encodeBody`, for every format ever written. */
export function decodeBody(body: Uint8Array): string {
  if (body[0] !== DEFLATE_DICTIONARY_1) throw new Error(`a statement body of unknown format ${body[0]}`);
  return inflateRawSync(body.subarray(1), { dictionary: DICTIONARY_1 }).toString();
}
