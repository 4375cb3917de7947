import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DICTIONARY_1 } from '#storage/dynamodb/statements/body-dictionary.ts';
import { Scratch } from '#storage/dynamodb/statements/scratch.ts';

/** The first byte of a stored body names the way it was written. */
const DEFLATE_DICTIONARY_1 = 1;

/** Of bodies that are stored together: the format and their length; and the length of one of them. */
const HEAD_BYTES = 5;
const LENGTH_BYTES = 3;

/** Bytes of the buffers that zlib gives its results in: at least, and at most, which is its own choice whatever comes. */
const LEAST_CHUNK = 1_024;
const MOST_CHUNK = 16_384;
/** Of 10 to 50 bodies together, in a half to a third of the time that the usual level takes for a twentieth less. */
const TOGETHER = { dictionary: DICTIONARY_1, level: 3 };
const COMPRESSION_TOGETHER = 12;
/** How many times as long as its compressed bytes a text mostly is, at most. */
const COMPRESSION = 6;

/** For bodies before they are compressed together, which takes no longer than the call. */
const scratch = new Scratch();

/** JSON text → the bytes that are stored: one byte of format, then the compressed text. */
export function encodeBody(text: string): Buffer {
  const packed = deflateRawSync(text, { dictionary: DICTIONARY_1, chunkSize: chunkFor(text.length) });
  return Buffer.concat([Buffer.of(DEFLATE_DICTIONARY_1), packed]);
}

/** The JSON text of a body, and its length in UTF-8. */
export interface BodyText {
  readonly text: string;
  readonly bytes: number;
}

/** The inverse of `encodeBody`, for every format ever written. */
export function decodeBody(body: Uint8Array): BodyText {
  checkFormat(body);
  const plain = inflate(body, chunkFor(body.length * COMPRESSION));
  return { text: plain.toString(), bytes: plain.length };
}

/**
 * JSON texts → the bytes that are stored of all of them together: one byte of format, 4 bytes length of what follows
 * before it was compressed, then compressed: 3 bytes length of each text, then the texts.
 */
export function encodeBodies(texts: readonly string[]): Buffer {
  const start = texts.length * LENGTH_BYTES;
  const plain = scratch.take(texts.reduce((sum, text) => sum + Buffer.byteLength(text), start));
  let end = start;
  for (const [place, text] of texts.entries()) {
    const length = plain.write(text, end);
    plain.writeUIntBE(length, place * LENGTH_BYTES, LENGTH_BYTES);
    end += length;
  }
  const head = Buffer.alloc(HEAD_BYTES, DEFLATE_DICTIONARY_1);
  head.writeUInt32BE(plain.length, 1);
  const chunkSize = chunkFor(Math.ceil(plain.length / COMPRESSION_TOGETHER));
  return Buffer.concat([head, deflateRawSync(plain, { ...TOGETHER, chunkSize })]);
}

/**
 * The inverse of `encodeBodies`, text by text: of a pack, a page may want a few only.
 *
 * @param count how many texts there are
 * @returns reads the text at a place, from 0 on
 */
export function openBodies(bodies: Uint8Array, count: number): (place: number) => BodyText {
  checkFormat(bodies);
  const { buffer, byteOffset, byteLength } = bodies;
  const length = Buffer.from(buffer, byteOffset, byteLength).readUInt32BE(1);
  const plain = inflate(bodies, Math.max(length, LEAST_CHUNK), HEAD_BYTES);
  const ends: number[] = [];
  for (let place = 0, end = count * LENGTH_BYTES; place < count; place += 1) {
    end += plain.readUIntBE(place * LENGTH_BYTES, LENGTH_BYTES);
    ends.push(end);
  }
  return (place) => {
    const start = ends[place - 1] ?? count * LENGTH_BYTES;
    const end = ends[place] ?? start;
    return { text: plain.toString('utf8', start, end), bytes: end - start };
  };
}

/** Before anything else is read of it. */
function checkFormat([format]: Uint8Array): void {
  if (format !== DEFLATE_DICTIONARY_1) throw new Error(`a statement body of unknown format ${format}`);
}

function inflate(bytes: Uint8Array, chunkSize: number, start = 1): Buffer {
  return inflateRawSync(bytes.subarray(start), { dictionary: DICTIONARY_1, chunkSize });
}

/** An array of thousands holds a buffer for each of its statements until the garbage is collected. */
function chunkFor(expected: number): number {
  return Math.min(Math.max(expected, LEAST_CHUNK), MOST_CHUNK);
}
