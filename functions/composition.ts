import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { AuthorizedResourceDeps, ResourceDeps } from '#http/resource.ts';
import { createDynamoDbClient } from '#runtime/clients.ts';
import type { Environment } from '#runtime/environment.ts';
import { createLogger, writeToStdout } from '#runtime/logger.ts';
import { CachedCredentialStore } from '#storage/cached-credential-store.ts';
import type { BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import { DynamoDbCredentialStore } from '#storage/dynamodb/credential-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { Bucket } from '#storage/s3/bucket.ts';

/*
 * What the composition roots of several functions have in common. Each takes the part of the environment it needs, and
 * a function names exactly the variables of the parts it uses.
 */

export const LOG_VARIABLES = ['LOG_LEVEL', 'LRS_METRICS_NAMESPACE'] as const;

export const DYNAMODB_VARIABLES = ['AWS_REGION', 'DYNAMODB_ENDPOINT'] as const;

export const AUTHORIZED_VARIABLES = [...LOG_VARIABLES, ...DYNAMODB_VARIABLES, 'REGISTRY_TABLE'] as const;

export const BODY_VARIABLES = [...DYNAMODB_VARIABLES, 'DOCUMENTS_TABLE', 'ATTACHMENTS_BUCKET', 'S3_ENDPOINT'] as const;

type Part<Names extends readonly (keyof Environment)[]> = Pick<Environment, Names[number]>;

export function resourceDeps({ LOG_LEVEL, LRS_METRICS_NAMESPACE }: Part<typeof LOG_VARIABLES>): ResourceDeps {
  return { logger: createLogger(LOG_LEVEL, writeToStdout, Date.now, LRS_METRICS_NAMESPACE), now: Date.now };
}

export function dynamoDbClient({ AWS_REGION, DYNAMODB_ENDPOINT }: Part<typeof DYNAMODB_VARIABLES>): DynamoDBClient {
  return createDynamoDbClient({ region: AWS_REGION, endpoint: DYNAMODB_ENDPOINT });
}

export function authorizedDeps(
  environment: Part<typeof AUTHORIZED_VARIABLES>,
  client: DynamoDBClient,
): AuthorizedResourceDeps {
  const registry = new DynamoDbCredentialStore(client, environment.REGISTRY_TABLE);
  return { ...resourceDeps(environment), credentials: new CachedCredentialStore(registry, Date.now) };
}

export function bucketOf(environment: Part<typeof BODY_VARIABLES>): Bucket {
  const { ATTACHMENTS_BUCKET, AWS_REGION, S3_ENDPOINT } = environment;
  return new Bucket({ name: ATTACHMENTS_BUCKET, region: AWS_REGION, endpoint: S3_ENDPOINT });
}

export function bodyItems(environment: Part<typeof BODY_VARIABLES>, client: DynamoDBClient): BodyItemsContext {
  const blobs = new S3BlobStore(bucketOf(environment));
  return { client, table: environment.DOCUMENTS_TABLE, blobs, newId: randomUUID };
}
