import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Part } from '#functions/resource-deps.ts';
import { SERVICE_TIMEOUTS } from '#storage/aws/service-timeouts.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import { LambdaFunctionCaller } from '#storage/lambda/function-caller.ts';
import type { ObjectLinks } from '#storage/object-links.ts';
import { Bucket, LARGE_OBJECTS } from '#storage/s3/bucket.ts';
import { S3ObjectLinks } from '#storage/s3/object-links.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';

/*
 * What the composition roots of the functions that work on the bucket for the lake and for exports have in common, and of
 * those that call others: nothing of the lake itself.
 */

export const EXPORTS_VARIABLES = ['AWS_REGION', 'EXPORTS_BUCKET', 'S3_ENDPOINT'] as const;

export function exportObjects({
  AWS_REGION,
  EXPORTS_BUCKET,
  S3_ENDPOINT,
}: Part<typeof EXPORTS_VARIABLES>): S3ObjectStore {
  const address = { name: EXPORTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT };
  return new S3ObjectStore(new Bucket(address, LARGE_OBJECTS), EXPORTS_BUCKET);
}

export function exportLinks({ AWS_REGION, EXPORTS_BUCKET, S3_ENDPOINT }: Part<typeof EXPORTS_VARIABLES>): ObjectLinks {
  return new S3ObjectLinks({ name: EXPORTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT });
}

export const CALLER_VARIABLES = ['AWS_REGION', 'LAMBDA_ENDPOINT'] as const;

export function functionCaller(
  { AWS_REGION, LAMBDA_ENDPOINT }: Part<typeof CALLER_VARIABLES>,
  functionName: string,
): FunctionCaller {
  const client = new LambdaClient({
    region: AWS_REGION,
    requestHandler: SERVICE_TIMEOUTS,
    ...(LAMBDA_ENDPOINT !== undefined && { endpoint: LAMBDA_ENDPOINT }),
  });
  return new LambdaFunctionCaller(client, functionName);
}
