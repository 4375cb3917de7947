import type { IncomingMessage } from 'node:http';
import { decodeAwsChunked } from '#local/s3/aws-chunked.ts';
import type { Trailers } from '#local/s3/aws-chunked.ts';
import { ContentCheck, checksumNames } from '#local/s3/checksums.ts';
import type { ObjectHeaders } from '#local/s3/header-files.ts';
import type { IncomingContent, WriteCondition } from '#local/s3/object-files.ts';
import type { S3Operation } from '#local/s3/operation.ts';
import { S3Error } from '#local/s3/s3-error.ts';

const USER_METADATA = 'x-amz-meta-';

export const putObject: S3Operation = async ({ bucket, key, message }, files) => {
  const kept = await files.write(bucket, key, incomingContent(message), writeCondition(message));
  const { 'content-type': _, ...headers } = kept;
  return { status: 200, headers };
};

/** @throws S3Error `NotImplemented` for a condition that S3 does not know on a write, rather than to ignore it. */
function writeCondition({ headers }: IncomingMessage): WriteCondition | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match === undefined && noneMatch === undefined) return undefined;
  if (match === undefined && noneMatch === '*') return { kind: 'absent' };
  const tag = noneMatch === undefined ? /^"?([^"*,]+)"?$/u.exec(match ?? '')?.[1] : undefined;
  if (tag !== undefined) return { kind: 'match', etag: `"${tag}"` };
  throw new S3Error('NotImplemented', 'A write has If-None-Match: * or If-Match with one entity tag.');
}

/** @throws S3Error `BadDigest`, `IncompleteBody`, `NotImplemented` */
async function* incomingContent(message: IncomingMessage): IncomingContent {
  const { headers } = message;
  const check = new ContentCheck(checksumNames(headers));
  const chunked = (headers['content-encoding'] ?? '').includes('aws-chunked');
  const content = chunked ? decodeAwsChunked(message) : plainContent(message);
  let size = 0;
  let next = await content.next();
  while (next.done !== true) {
    check.update(next.value);
    size += next.value.length;
    yield next.value;
    next = await content.next();
  }
  const announced = headers[chunked ? 'x-amz-decoded-content-length' : 'content-length'];
  if (announced !== undefined && Number(announced) !== size) {
    throw new S3Error('IncompleteBody', `The content has ${size} bytes instead of the ${String(announced)} announced.`);
  }
  const trailers = next.value;
  const checksums = check.verify((name) => trailers.get(name) ?? headers[name]?.toString());
  return { ...describingHeaders(message), ...checksums };
}

async function* plainContent(message: IncomingMessage): AsyncGenerator<Buffer, Trailers> {
  yield* message;
  return new Map();
}

function describingHeaders({ headers }: IncomingMessage): ObjectHeaders {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(USER_METADATA))
    .map(([name, value]) => [name, String(value)] as const);
  return { 'content-type': headers['content-type'] ?? 'binary/octet-stream', ...Object.fromEntries(metadata) };
}
