import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { HttpRequest } from '#http/request.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

/** Bytes, decompressed: what a function has room for, however small the request was on its way. */
const DECOMPRESSED_LIMIT = 16 * 1024 * 1024;

const SECTION = 'RFC 9110, 8.4';

type Decompress = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const DECOMPRESS: Readonly<Record<string, Decompress>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Decompresses request bodies (RFC 9110, 8.4). */
export function decodeBody(): Middleware {
  return onRequest((request) => {
    const coding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
    return coding === '' || coding === 'identity' ? request : decoded(request, coding);
  });
}

async function decoded(request: HttpRequest, coding: string): Promise<HttpRequest> {
  return { ...request, body: await decompress(request.body, coding) };
}

async function decompress(body: Uint8Array, coding: string): Promise<Uint8Array> {
  const decoder = Object.hasOwn(DECOMPRESS, coding) ? DECOMPRESS[coding] : undefined;
  if (decoder === undefined) throw unknownCoding(coding);
  try {
    return await decoder(body, { maxOutputLength: DECOMPRESSED_LIMIT });
  } catch (error) {
    throw isTooLarge(error) ? tooLarge() : notDecodable(coding);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

function tooLarge(): XapiError {
  const limit = `${DECOMPRESSED_LIMIT / 1024 / 1024} MiB`;
  const message = `The body is larger than ${limit} when decompressed; send it in several requests.`;
  return new XapiError({ code: 'request-too-large', message, expected: `at most ${limit}` });
}

function notDecodable(coding: string): XapiError {
  const message = `The body is not what Content-Encoding says: it cannot be decompressed as ${coding}.`;
  return new XapiError({ code: 'body-invalid', message, path: 'Content-Encoding', section: SECTION });
}

function unknownCoding(coding: string): XapiError {
  return new XapiError({
    code: 'header-invalid',
    message: 'The content coding of the body is not one this LRS can decode.',
    path: 'Content-Encoding',
    expected: 'one of gzip, deflate, br',
    received: shorten(coding),
    section: SECTION,
  });
}
