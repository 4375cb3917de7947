import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { createTables } from '#local/tables.ts';
import type { TableNames } from '#local/tables.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type DynamoDbOptions, DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { Bucket } from '#storage/s3/bucket.ts';

/** What the engines on loopback take: any key will do. */
export const ENGINE_ACCESS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

export interface FreshTables {
  readonly client: DynamoDb;
  /** The SDK's, for what `client` cannot do, and to look at what `client` has done. */
  readonly sdk: DynamoDBClient;
  readonly names: TableNames;
  readonly endpoint: string;
}

export function engineClient(endpoint: string, options: DynamoDbOptions = {}): DynamoDbService {
  const { region, credentials } = ENGINE_ACCESS;
  return new DynamoDbService({ region, endpoint }, { credentials, ...options });
}

/** Empty tables that no other test file knows, in the engine that all integration tests of a run share. */
export async function freshTables(): Promise<FreshTables> {
  const endpoint = inject('dynamoDbEndpoint');
  const sdk = new DynamoDBClient({ endpoint, ...ENGINE_ACCESS });
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const names = {
    statements: `${prefix}-statements`,
    documents: `${prefix}-documents`,
    registry: `${prefix}-registry`,
  };
  await createTables(sdk, names);
  return { client: engineClient(endpoint), sdk, names, endpoint };
}

export interface FreshBucket {
  readonly bucket: Bucket;
  /** The SDK's, for what `bucket` cannot do. */
  readonly client: S3Client;
  readonly name: string;
  readonly endpoint: string;
}

/** An empty bucket that no other test file knows, on the S3 server that all integration tests of a run share. */
export async function freshBucket(): Promise<FreshBucket> {
  const endpoint = inject('s3Endpoint');
  const client = new S3Client({ endpoint, forcePathStyle: true, ...ENGINE_ACCESS });
  const name = `test-${randomBytes(6).toString('hex')}`;
  await client.send(new CreateBucketCommand({ Bucket: name }));
  const { region, credentials } = ENGINE_ACCESS;
  return { bucket: new Bucket({ name, region, endpoint }, { credentials }), client, name, endpoint };
}
