import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { StoreId } from '#access/store.ts';
import { createHandler as createCompactor } from '#functions/lake-compactor/handler.ts';
import { createHandler as createWriter, type StreamBatchResponse } from '#functions/lake-writer/handler.ts';
import { compactLake } from '#lake/compaction/compact-lake.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { listShards } from '#local/stream/list-shards.ts';
import { ShardSource } from '#local/stream/shard-source.ts';
import { toStreamRecord } from '#local/stream/stream-record.ts';
import { StreamsService } from '#local/stream/streams-service.ts';
import { createLogger, type Logger } from '#runtime/logger.ts';
import { DynamoDbStatementChanges } from '#storage/dynamodb/statements/statement-changes.ts';
import { readStreamRecord, type StreamRecord } from '#storage/dynamodb/statements/stream-record.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import { ENGINE_ACCESS } from '#test/support/engine.ts';
import { compactionOn, freshLake, lakeWriterOn } from '#test/support/lake.ts';
import { idsOfStore } from '#test/support/lake-readers.ts';
import { type StatementStores, statementStores } from '#test/support/statement-stores.ts';

/** Milliseconds that Lambda gives a call. */
const TIME_LIMIT = 300_000;

export interface WriterOptions {
  readonly objects?: ObjectStore;
  readonly compactor?: FunctionCaller;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Milliseconds that are left of the time of the call. */
  readonly remaining?: number;
}

/** A Statements table, its stream, and the functions that make a lake of it. */
export interface LakeFunctions {
  readonly stores: StatementStores;
  readonly objects: ObjectStore;
  /** What the compactor was called with. */
  readonly calls: readonly object[];
  /** Lines of the log. */
  readonly lines: readonly string[];
  /** Every record of a statement that the stream has by now, in order, as Lambda hands them on. */
  records(): Promise<readonly StreamRecord[]>;
  /** Calls the writer, in a process of its own. */
  write(records: readonly StreamRecord[], options?: WriterOptions): Promise<StreamBatchResponse>;
  /** Lets the compactor do what it was called for. */
  compactCalled(): Promise<void>;
  compactAll(): Promise<void>;
  /** Ids of what readers see. */
  ids(store: StoreId): Promise<readonly unknown[]>;
}

export async function lakeFunctions(): Promise<LakeFunctions> {
  const [stores, objects] = await Promise.all([statementStores(), freshLake()]);
  const calls: object[] = [];
  const lines: string[] = [];
  const logger = createLogger('info', (line) => lines.push(line), Date.now);
  return {
    stores,
    objects,
    calls,
    lines,
    records: () => recordsOf(stores),
    write: (records, options = {}) => {
      const { remaining = TIME_LIMIT } = options;
      const compactor = { call: (event: object) => Promise.resolve(void calls.push(event)) };
      const handler = writerOf(stores, { objects, compactor, now: Date.now, ...options }, logger);
      return handler({ Records: records }, { getRemainingTimeInMillis: () => remaining });
    },
    compactCalled: async () => {
      const compactor = createCompactor({ ...compactionOn(objects), logger });
      for (const call of calls.splice(0)) await compactor(call, { getRemainingTimeInMillis: () => TIME_LIMIT });
    },
    compactAll: async () => {
      const run = { full: true, goesOn: () => true, onResult: () => {}, onError: fail };
      await compactLake(compactionOn(objects), run);
    },
    ids: (store) => idsOfStore(objects, store),
  };
}

function writerOf(
  { client, tableName, blobs }: StatementStores,
  { objects, compactor, now }: Required<Pick<WriterOptions, 'objects' | 'compactor' | 'now'>>,
  logger: Logger,
): ReturnType<typeof createWriter<StreamRecord>> {
  return createWriter({
    logger,
    readRecord: readStreamRecord,
    changes: new DynamoDbStatementChanges({ client, tableName, blobs, now }),
    writer: lakeWriterOn(objects),
    marks: new RemovalMarks(objects),
    compactor,
    now,
  });
}

async function recordsOf({ sdk, endpoint, tableName }: StatementStores): Promise<readonly StreamRecord[]> {
  const { Table } = await sdk.send(new DescribeTableCommand({ TableName: tableName }));
  const stream = Table?.LatestStreamArn ?? '';
  const { region, credentials } = ENGINE_ACCESS;
  const streams = new StreamsService({ region, endpoint }, { credentials });
  const records: StreamRecord[] = [];
  for (const { id } of await listShards(streams, stream)) {
    const { signal } = new AbortController();
    const source = new ShardSource({ streams, stream, shard: id, after: undefined, signal });
    for (;;) {
      const page = await source.read();
      for (const record of page.records) {
        if (record.dynamodb?.Keys?.['sk']?.S === 's') records.push(JSON.parse(toStreamRecord(record, stream).json));
      }
      if (page.records.length === 0) break;
    }
  }
  return records;
}

function fail(_: unknown, error: unknown): never {
  throw error;
}
