import type { S3Operation } from '#local/s3/operation.ts';

/** Deleting what is not there succeeds. */
export const deleteObject: S3Operation = async ({ bucket, key }, files) => {
  await files.checkBucket(bucket);
  await files.remove(bucket, key);
  return { status: 204, headers: {} };
};
