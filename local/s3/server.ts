import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type HiddenServer, startHiddenServer } from '#local/hidden-server.ts';
import { createBucket, headBucket } from '#local/s3/buckets.ts';
import { deleteObject } from '#local/s3/delete-object.ts';
import { getObject, headObject } from '#local/s3/get-object.ts';
import { listObjects } from '#local/s3/list-objects.ts';
import { ObjectFiles } from '#local/s3/object-files.ts';
import type { S3Operation, S3Request, S3Response } from '#local/s3/operation.ts';
import { putObject } from '#local/s3/put-object.ts';
import { S3Error } from '#local/s3/s3-error.ts';
import { element, textElement, xmlDocument } from '#local/s3/xml.ts';

const OBJECT_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  PUT: putObject,
  GET: getObject,
  HEAD: headObject,
  DELETE: deleteObject,
};

const BUCKET_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  PUT: createBucket,
  GET: listObjects,
  HEAD: headBucket,
};

/** Names that ask for another operation on the same path; answered with an error rather than with a wrong operation. */
const SUBRESOURCES = [
  'acl',
  'tagging',
  'uploads',
  'uploadId',
  'partNumber',
  'versionId',
  'versions',
  'policy',
  'delete',
];

/**
 * Serves the S3 operations that the LRS uses, on loopback, path style, without looking at signatures. Objects are plain
 * files below `directory`, which must belong to this server alone.
 */
export async function startS3(options: { directory: string; port?: number }): Promise<HiddenServer> {
  const files = new ObjectFiles(options.directory);
  await files.prepare();
  return startHiddenServer((message, response) => void serve(message, response, files), options.port);
}

async function serve(message: IncomingMessage, response: ServerResponse, files: ObjectFiles): Promise<void> {
  try {
    await send(response, await answer(message, files));
  } catch (error) {
    console.error('S3:', error);
    response.destroy();
  }
}

async function answer(message: IncomingMessage, files: ObjectFiles): Promise<S3Response> {
  try {
    const request = parseRequest(message);
    return await operationFor(request)(request, files);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const members = textElement('Code', error.code) + textElement('Message', error.message);
    return {
      status: error.status,
      headers: { 'content-type': 'application/xml' },
      ...(message.method !== 'HEAD' && { body: xmlDocument(element('Error', members)) }),
    };
  } finally {
    // What is left of a body that was refused, so that the connection can be used again.
    message.resume();
  }
}

function parseRequest(message: IncomingMessage): S3Request {
  const [path = '', query] = (message.url ?? '/').split(/\?(.*)/su);
  const [bucket = '', ...key] = path.slice(1).split('/');
  try {
    return {
      method: message.method ?? 'GET',
      bucket: decodeURIComponent(bucket),
      key: decodeURIComponent(key.join('/')),
      query: new URLSearchParams(query),
      message,
    };
  } catch {
    throw new S3Error('InvalidArgument', 'The path is not valid percent-encoded UTF-8.');
  }
}

function operationFor({ method, key, query, message }: S3Request): S3Operation {
  const operation = (key === '' ? BUCKET_OPERATIONS : OBJECT_OPERATIONS)[method];
  const other = SUBRESOURCES.some((name) => query.has(name)) || message.headers['x-amz-copy-source'] !== undefined;
  if (operation === undefined || other) {
    throw new S3Error('NotImplemented', 'This server does not know the operation.');
  }
  return operation;
}

async function send(response: ServerResponse, { status, headers, body }: S3Response): Promise<void> {
  response.writeHead(status, { 'x-amz-request-id': randomUUID(), ...headers });
  if (body instanceof Readable) {
    await pipeline(body, response).catch((error: unknown) => {
      // Who reads a beginning and leaves, or is stopped by Ctrl-C, does nothing wrong.
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
    });
  } else {
    response.end(body);
  }
}
