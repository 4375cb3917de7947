import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '#local/dynamodb-engine.ts';
import { startS3 } from '#local/s3/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly dynamoDbEndpoint: string;
    readonly s3Endpoint: string;
  }
}

/** One DynamoDB, on a file because in memory it gets slower with every write, and one S3 for all tests of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'lrs-test-engine-'));
  const engine = await startDynamoDb({ file: join(directory, 'dynamodb.sqlite') });
  const s3 = await startS3({ directory: join(directory, 's3') });
  project.provide('dynamoDbEndpoint', engine.endpoint);
  project.provide('s3Endpoint', s3.endpoint);
  return async () => {
    await Promise.all([engine.stop(), s3.stop()]);
    await rm(directory, { recursive: true });
  };
}
