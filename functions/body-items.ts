import { randomUUID } from 'node:crypto';
import { DYNAMODB_VARIABLES } from '#functions/authorized-deps.ts';
import type { Part } from '#functions/resource-deps.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { Bucket } from '#storage/s3/bucket.ts';

/* What the composition roots of the functions that keep bodies of any size have in common: S3 besides DynamoDB. */

export const BODY_VARIABLES = [...DYNAMODB_VARIABLES, 'DOCUMENTS_TABLE', 'ATTACHMENTS_BUCKET', 'S3_ENDPOINT'] as const;

export function bucketOf(environment: Part<typeof BODY_VARIABLES>): Bucket {
  const { ATTACHMENTS_BUCKET, AWS_REGION, S3_ENDPOINT } = environment;
  return new Bucket({ name: ATTACHMENTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT });
}

/** @param bucket one that the function has already. */
export function bodyItems(
  environment: Part<typeof BODY_VARIABLES>,
  client: DynamoDb,
  bucket = bucketOf(environment),
): BodyItemsContext {
  return { client, table: environment.DOCUMENTS_TABLE, blobs: new S3BlobStore(bucket), newId: randomUUID };
}
