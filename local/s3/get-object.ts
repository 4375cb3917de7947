import { byteRange } from '#local/s3/byte-range.ts';
import type { OpenObject } from '#local/s3/object-files.ts';
import type { S3Operation, S3Request, S3Response } from '#local/s3/operation.ts';

const CHECKSUM = 'x-amz-checksum-';
/** What is read of a file at once: most objects whole. */
const READ_BYTES = 1024 * 1024;

export const getObject: S3Operation = async (request, files) => {
  const object = await files.open(request.bucket, request.key);
  try {
    const response = describe(request, object);
    if (object.size === 0) return { ...response, body: await closed(object) };
    const { first, last } = byteRange(request.message.headers.range, object.size) ?? {
      first: 0,
      last: object.size - 1,
    };
    const body = object.file.createReadStream({ start: first, end: last, highWaterMark: READ_BYTES });
    return { ...response, body };
  } catch (error) {
    await object.file.close();
    throw error;
  }
};

export const headObject: S3Operation = async (request, files) => {
  const object = await files.open(request.bucket, request.key);
  await object.file.close();
  return describe(request, object);
};

async function closed(object: OpenObject): Promise<string> {
  await object.file.close();
  return '';
}

/** @throws S3Error `InvalidRange` */
function describe({ message }: S3Request, { size, modified, headers }: OpenObject): S3Response {
  const range = byteRange(message.headers.range, size);
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
