import { isAscii } from 'node:buffer';
import { asBuffer } from '#storage/as-buffer.ts';
import { DICTIONARY_1 } from '#storage/dynamodb/statements/body-dictionary.ts';
import { compression, decompression } from '#storage/dynamodb/statements/raw-deflate.ts';
import { Scratch } from '#storage/dynamodb/statements/scratch.ts';
import { ownCopy } from '#storage/own-copy.ts';

/** The first byte of a stored body names the way it was written. */
const DEFLATE_DICTIONARY_1 = 1;

/** Of bodies that are stored together: the format and their length; and the length of one of them. */
const HEAD_BYTES = 5;
const LENGTH_BYTES = 3;

/** Bytes that a pack, and all bodies in one, mostly do not exceed. */
const PACK_BYTES = 16_384;
const PLAIN_BYTES = 131_072;

const deflate = compression({ dictionary: DICTIONARY_1, chunkSize: PACK_BYTES });
/** Of 10 to 50 bodies together, in a half to a third of the time that the usual level takes for a twentieth less. */
const deflateTogether = compression({ dictionary: DICTIONARY_1, chunkSize: PACK_BYTES, level: 3 });
const inflate = decompression({ dictionary: DICTIONARY_1, chunkSize: PLAIN_BYTES });

/** For bodies before they are compressed together, which takes no longer than the call. */
const scratch = new Scratch();

/** JSON text → the bytes that are stored: one byte of format, then the compressed text. */
export function encodeBody(text: string): Buffer {
  return Buffer.concat([Buffer.of(DEFLATE_DICTIONARY_1), deflate(Buffer.from(text))]);
}

/** The JSON text of a body, and its length in UTF-8. */
export interface BodyText {
  readonly text: string;
  readonly bytes: number;
}

/** The inverse of `encodeBody`, for every format ever written. */
export function decodeBody(body: Uint8Array): BodyText {
  checkFormat(body);
  const plain = inflate(body.subarray(1));
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
  return Buffer.concat([head, deflateTogether(plain)]);
}

/** Reads the text at a place, from 0 on. */
export type TextAt = (place: number) => BodyText;

/**
 * The inverse of `encodeBodies`, text by text: of a pack, a page may want a few only.
 *
 * @param count how many texts there are
 * @throws Error when it has not as many bytes as were written
 */
export function openBodies(bodies: Uint8Array, count: number): TextAt {
  checkFormat(bodies);
  const plain = inflate(bodies.subarray(HEAD_BYTES));
  checkLength(bodies, plain.length);
  const ends: number[] = [];
  for (let place = 0, end = 0; place < count; place += 1) {
    end += plain.readUIntBE(place * LENGTH_BYTES, LENGTH_BYTES);
    ends.push(end);
  }
  const textBetween = textsOf(plain.subarray(count * LENGTH_BYTES));
  return (place) => {
    const [start, end] = [ends[place - 1] ?? 0, ends[place] ?? 0];
    return { text: textBetween(start, end), bytes: end - start };
  };
}

/**
 * Of ASCII, as most are, parts of one text take no copies.
 *
 * @param bytes may be written over once this returns
 */
function textsOf(bytes: Buffer): (start: number, end: number) => string {
  if (!isAscii(bytes)) {
    const copy = ownCopy(bytes);
    return (start, end) => copy.toString('utf8', start, end);
  }
  const text = bytes.toString('latin1');
  return (start, end) => text.slice(start, end);
}

/** Before anything else is read of it. */
function checkFormat([format]: Uint8Array): void {
  if (format !== DEFLATE_DICTIONARY_1) throw new Error(`a statement body of unknown format ${format}`);
}

/** Bytes of bodies before they were compressed together. @param bodies of `encodeBodies` */
export function plainLength(bodies: Uint8Array): number {
  return asBuffer(bodies).readUInt32BE(1);
}

/** Should Node not say that the input ended too early, this does. */
function checkLength(bodies: Uint8Array, length: number): void {
  const written = plainLength(bodies);
  if (length !== written) throw new Error(`statement bodies of ${length} bytes where ${written} were written`);
}
