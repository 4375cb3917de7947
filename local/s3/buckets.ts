import type { S3Operation } from '#local/s3/operation.ts';

export const createBucket: S3Operation = async ({ bucket }, files) => {
  await files.createBucket(bucket);
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const headBucket: S3Operation = async ({ bucket }, files) => {
  await files.checkBucket(bucket);
  return { status: 200, headers: {} };
};
