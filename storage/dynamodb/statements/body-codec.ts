import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DICTIONARY_1 } from '#storage/dynamodb/statements/body-dictionary.ts';

/** The first byte of a stored body names the way it was written. */
const DEFLATE_DICTIONARY_1 = 1;

/** Bytes of the buffers that zlib gives its results in: at least, and at most, which is its own choice whatever comes. */
const LEAST_CHUNK = 1_024;
const MOST_CHUNK = 16_384;
/** How many times as long as its compressed bytes a text mostly is, at most. */
const COMPRESSION = 6;

/** JSON text → the bytes that are stored: one byte of format, then the compressed text. */
export function encodeBody(text: string): Buffer {
  const packed = deflateRawSync(text, { dictionary: DICTIONARY_1, chunkSize: chunkFor(text.length) });
  return Buffer.concat([Buffer.of(DEFLATE_DICTIONARY_1), packed]);
}

/** The inverse of `encodeBody`, for every format ever written. */
export function decodeBody(body: Uint8Array): string {
  if (body[0] !== DEFLATE_DICTIONARY_1) throw new Error(`a statement body of unknown format ${body[0]}`);
  return inflateRawSync(body.subarray(1), {
    dictionary: DICTIONARY_1,
    chunkSize: chunkFor(body.length * COMPRESSION),
  }).toString();
}

/** An array of thousands holds a buffer for each of its statements until the garbage is collected. */
function chunkFor(expected: number): number {
  return Math.min(Math.max(expected, LEAST_CHUNK), MOST_CHUNK);
}
