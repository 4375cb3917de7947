import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '#local/dynamodb-engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly dynamoDbEndpoint: string;
  }
}

/** One engine for all integration tests of a run, on a file: in memory it gets slower with every write. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'lrs-test-engine-'));
  const engine = await startDynamoDb({ file: join(directory, 'dynamodb.sqlite') });
  project.provide('dynamoDbEndpoint', engine.endpoint);
  return async () => {
    await engine.stop();
    await rm(directory, { recursive: true });
  };
}
