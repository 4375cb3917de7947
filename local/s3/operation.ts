import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { ObjectFiles } from '#local/s3/object-files.ts';

/** A request in the path style: `/<bucket>/<key>?<query>`. */
export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Empty when the request is about the bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly message: IncomingMessage;
}

export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer | Readable;
}

export type S3Operation = (request: S3Request, files: ObjectFiles) => Promise<S3Response>;
