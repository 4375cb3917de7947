import { closeSync, createReadStream, readSync } from 'node:fs';
import { type ByteRange, byteRange } from '#local/s3/byte-range.ts';
import type { OpenObject } from '#local/s3/object-files.ts';
import type { S3Operation, S3Request, S3Response } from '#local/s3/operation.ts';

const CHECKSUM = 'x-amz-checksum-';
/** What is read of a file at once: most objects are read whole, without a stream. */
const READ_BYTES = 1024 * 1024;

export const getObject: S3Operation = async (request, files) => {
  const object = await files.open(request.bucket, request.key);
  const { file, size } = object;
  let isStreamed = false;
  try {
    const range = byteRange(request.message.headers.range, size);
    const response = describe(request, object, range);
    const { first, last } = range ?? { first: 0, last: size - 1 };
    isStreamed = last - first >= READ_BYTES;
    const body = isStreamed
      ? createReadStream('', { fd: file, start: first, end: last, highWaterMark: READ_BYTES })
      : readBytes(file, first, last - first + 1);
    return { ...response, body };
  } finally {
    // A stream closes it itself.
    if (!isStreamed) closeSync(file);
  }
};

export const headObject: S3Operation = async (request, files) => {
  const object = await files.open(request.bucket, request.key);
  closeSync(object.file);
  return describe(request, object, byteRange(request.message.headers.range, object.size));
};

function readBytes(file: number, first: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  const bytesRead = readSync(file, bytes, 0, length, first);
  if (bytesRead < length) throw new Error('The file has become shorter while it was read.');
  return bytes;
}

function describe(
  { message }: S3Request,
  { size, modified, headers }: OpenObject,
  range: ByteRange | undefined,
): S3Response {
  const wantsChecksum = range === undefined && message.headers['x-amz-checksum-mode'] === 'ENABLED';
  const kept = Object.entries(headers).filter(([name]) => wantsChecksum || !name.startsWith(CHECKSUM));
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...Object.fromEntries(kept),
      'accept-ranges': 'bytes',
      'last-modified': new Date(modified).toUTCString(),
      'content-length': range === undefined ? size : range.last - range.first + 1,
      ...(range !== undefined && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
    },
  };
}
