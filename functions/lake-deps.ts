import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DYNAMODB_VARIABLES } from '#functions/authorized-deps.ts';
import type { Part } from '#functions/resource-deps.ts';
import { LakeWriter } from '#lake/lake-writer.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { SERVICE_TIMEOUTS } from '#runtime/clients.ts';
import { DynamoDbLakeSecret } from '#storage/dynamodb/lake-secret.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import { LambdaFunctionCaller } from '#storage/lambda/function-caller.ts';
import { Bucket, LARGE_OBJECTS } from '#storage/s3/bucket.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';

/* What the composition roots of the functions that work on the lake and on exports have in common. */

export const EXPORTS_VARIABLES = ['AWS_REGION', 'EXPORTS_BUCKET', 'S3_ENDPOINT'] as const;

export function exportObjects({
  AWS_REGION,
  EXPORTS_BUCKET,
  S3_ENDPOINT,
}: Part<typeof EXPORTS_VARIABLES>): S3ObjectStore {
  const address = { name: EXPORTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT };
  return new S3ObjectStore(new Bucket(address, LARGE_OBJECTS), EXPORTS_BUCKET);
}

export const LAKE_WRITER_VARIABLES = [
  ...DYNAMODB_VARIABLES,
  ...EXPORTS_VARIABLES,
  'REGISTRY_TABLE',
  'LRS_LAKE_LANGUAGES',
] as const;

export function lakeWriter(
  { REGISTRY_TABLE, LRS_LAKE_LANGUAGES }: Part<typeof LAKE_WRITER_VARIABLES>,
  client: DynamoDBClient,
  objects: S3ObjectStore,
): LakeWriter {
  const secret = new DynamoDbLakeSecret({ client, tableName: REGISTRY_TABLE }, randomBytes);
  return new LakeWriter({ objects, secret, languages: languagePreference(LRS_LAKE_LANGUAGES) });
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
