import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { StoreId } from '#access/store.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import { GroupedWrites } from '#storage/dynamodb/grouped-writes.ts';
import { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { type Flight, InProcessHorizon, type WriteHorizon } from '#storage/write-horizon.ts';
import { freshBucket, freshTables } from '#test/support/engine.ts';
import { interceptedClient, type Interceptor } from '#test/support/faulty-client.ts';

export interface OpenOptions {
  readonly client?: DynamoDb;
  readonly now?: () => number;
  /** As in a process of its own. */
  readonly horizon?: (positions: PositionSource, now: () => number) => WriteHorizon;
  /** Milliseconds. */
  readonly commitBound?: number;
  readonly shards?: number;
  /** Whether it relies on what this process knows of all that was written; true unless it has a horizon of its own. */
  readonly isOnlyWriter?: boolean;
}

/** One Statements table and one bucket, and as many stores in front of them as a test wants. */
export interface StatementStores {
  readonly client: DynamoDb;
  /** The SDK's, to look at what is stored. */
  readonly sdk: DynamoDBClient;
  readonly endpoint: string;
  readonly tableName: string;
  readonly blobs: BlobStore;
  /** The id of a store that nobody has been given before. */
  anotherStore(): StoreId;
  /** All that the table holds of a store. */
  itemsOf(store: StoreId): Promise<readonly Item[]>;
  /** The keys of the objects that hold large bodies of a store. */
  objectsOf(store: StoreId): Promise<readonly string[]>;
  /** A store that remembers nothing; all without a horizon of their own share one, as in one process. */
  open(options?: OpenOptions): DynamoDbStatementStore;
  /** The same on a line that somebody listens in to. */
  openIntercepted(intercept: Interceptor, options?: OpenOptions): DynamoDbStatementStore;
}

/** Nothing is in doubt: who listens in to a line has decided what becomes of a call when it fails. */
class DecidedHorizon extends InProcessHorizon {
  override begin(count: number): Flight {
    const flight = super.begin(count);
    return { block: flight.block, end: () => flight.end() };
  }
}

export async function statementStores(): Promise<StatementStores> {
  const [{ client, sdk, names, endpoint }, { bucket, ...objects }] = await Promise.all([freshTables(), freshBucket()]);
  const blobs = new S3BlobStore(bucket);
  const tableName = names.statements;
  const shared = new DecidedHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now);
  const emptyPartitions = new EmptyPartitions();
  const open = (options: OpenOptions = {}): DynamoDbStatementStore => {
    const { now = Date.now, commitBound = 10_000, shards = 1, isOnlyWriter = options.horizon === undefined } = options;
    const horizon = options.horizon?.(new PositionSource(now, writerFrom(Math.random)), now) ?? shared;
    const line = options.client ?? client;
    return new DynamoDbStatementStore({
      client: line,
      tableName,
      blobs,
      horizon,
      ...(isOnlyWriter && { emptyPartitions, writes: new GroupedWrites(line) }),
      now,
      commitBound,
      shards,
    });
  };
  let ids = 0;
  return {
    client,
    sdk,
    endpoint,
    tableName,
    blobs,
    anotherStore: () => `store-${(ids += 1)}`,
    itemsOf: (store) => itemsOf(sdk, tableName, store),
    objectsOf: async (store) => {
      const list = new ListObjectsV2Command({ Bucket: objects.name, Prefix: `statements/${store}/` });
      const { Contents = [] } = await objects.client.send(list);
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    open,
    openIntercepted: (intercept, options) => open({ ...options, client: interceptedClient(endpoint, intercept) }),
  };
}

async function itemsOf(client: DynamoDBClient, tableName: string, store: StoreId): Promise<readonly Item[]> {
  const items: Item[] = [];
  const scan = {
    TableName: tableName,
    FilterExpression: 'begins_with(pk, :store)',
    ExpressionAttributeValues: { ':store': { S: `${store}|` } },
  };
  for await (const page of paginateScan({ client }, scan)) items.push(...(page.Items ?? []));
  return items;
}
