import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { acceptedCoding, type ContentCoding } from '#http/content-coding.ts';
import { type Middleware, onReply } from '#http/middleware/middleware.ts';
import type { Reply } from '#http/reply.ts';

/** Bytes: below this the coding costs more than it saves. */
const WORTHWHILE = 1024;

const COMPRESSIBLE = /^(?:text\/|multipart\/mixed|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)\b)/iu;

/** Brotli's default quality is made for files compressed once and served often. */
const BROTLI_QUALITY = 4;

const COMPRESS: Record<ContentCoding, (body: Uint8Array) => Promise<Uint8Array>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify(gzip),
};

/** Compresses answers for clients that accept it (RFC 9110, 12.5.3). */
export function compressReply(): Middleware {
  return onReply((reply, { headers }) => {
    if (!COMPRESSIBLE.test(reply.headers['Content-Type'] ?? '')) return reply;
    const varied = { ...reply, headers: { ...reply.headers, Vary: 'Accept-Encoding' } };
    const accepted = headers['accept-encoding'];
    const coding = accepted === undefined ? undefined : acceptedCoding(accepted);
    if (coding === undefined || reply.body === undefined) return varied;
    const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    return body.length < WORTHWHILE ? varied : compressed(varied, body, coding);
  });
}

async function compressed(reply: Reply, body: Uint8Array, coding: ContentCoding): Promise<Reply> {
  const headers = { ...reply.headers, ...weakETag(reply), 'Content-Encoding': coding };
  return { ...reply, headers, body: await COMPRESS[coding](body) };
}

/** Other bytes than those the ETag was made of: the same document, but not the same octets (RFC 9110, 8.8.3.3). */
function weakETag({ headers: { ETag } }: Reply): Record<string, string> {
  return ETag === undefined ? {} : { ETag: `W/${ETag}` };
}
