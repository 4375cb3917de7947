import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { InProcessHorizon, type WriteHorizon } from '#storage/write-horizon.ts';
import { freshBucket, freshTables } from '#test/support/engine.ts';
import { interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';

export interface ProcessOptions {
  readonly client?: DynamoDBClient;
  readonly now?: () => number;
  readonly horizon?: (positions: PositionSource, now: () => number) => WriteHorizon;
  /** Milliseconds. */
  readonly commitBound?: number;
  readonly shards?: number;
}

/** One Statements table and one bucket, and as many processes as a test wants in front of them. */
export interface StatementStores {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly tableName: string;
  /** A store with nothing in memory, as in a process of its own. */
  open(options?: ProcessOptions): DynamoDbStatementStore;
  /** The same on a line that somebody listens in to. */
  openIntercepted(intercept: Interceptor, options?: ProcessOptions): DynamoDbStatementStore;
}

export async function statementStores(): Promise<StatementStores> {
  const [{ client, names, endpoint }, bucket] = await Promise.all([freshTables(), freshBucket()]);
  const blobs = new S3BlobStore({ name: bucket.name, client: () => Promise.resolve(bucket.client) });
  const tableName = names.statements;
  const open = (options: ProcessOptions = {}): DynamoDbStatementStore => {
    const { now = Date.now, commitBound = 10_000, shards = 1 } = options;
    const positions = new PositionSource(now, writerFrom(Math.random));
    const horizon = options.horizon?.(positions, now) ?? new InProcessHorizon(positions, now);
    return new DynamoDbStatementStore({
      client: options.client ?? client,
      tableName,
      blobs,
      horizon,
      now,
      commitBound,
      shards,
    });
  };
  return {
    client,
    endpoint,
    tableName,
    open,
    openIntercepted: (intercept, options) => open({ ...options, client: interceptedClient(endpoint, intercept) }),
  };
}
