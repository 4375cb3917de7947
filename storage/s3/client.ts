import type * as S3Module from '@aws-sdk/client-s3';

/** Where the objects of an adapter are, and how to reach them. */
export interface Bucket {
  readonly name: string;
  /**
   * Gives the one S3 client of the process. A promise, because `@aws-sdk/client-s3` is loaded when it is first needed:
   * loading it costs more than 60 ms of a cold start, and most requests never touch S3.
   */
  readonly client: () => Promise<S3Module.S3Client>;
}

/** @returns the client and the module its commands come from. */
export async function openS3(bucket: Bucket): Promise<{ client: S3Module.S3Client; s3: typeof S3Module }> {
  const [client, s3] = await Promise.all([bucket.client(), import('@aws-sdk/client-s3')]);
  return { client, s3 };
}
