import { byteRange } from '#local/s3/byte-range.ts';
import type { OpenObject } from '#local/s3/object-files.ts';
import type { S3Operation, S3Request, S3Response } from '#local/s3/operation.ts';

const CHECKSUM = 'x-amz-checksum-';

export const getObject: S3Operation = async (request, files) => {
  await files.checkBucket(request.bucket);
  const object = await files.open(request.bucket, request.key);
  try {
    const response = describe(request, object);
    if (object.size === 0) return { ...response, body: await closed(object) };
    const range = byteRange(request.message.headers.range, object.size);
    const body = object.file.createReadStream(range === undefined ? {} : { start: range.first, end: range.last });
    return { ...response, body };
  } catch (error) {
    await object.file.close();
    throw error;
  }
};

export const headObject: S3Operation = async (request, files) => {
  await files.checkBucket(request.bucket);
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
