import type { StatementDraft, StoredStatement } from '#xapi/statement/statement.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import { CandidateReader } from '#storage/dynamodb/statements/candidate-reader.ts';
import { Journals } from '#storage/dynamodb/statements/journal.ts';
import { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { QueryPlanner } from '#storage/dynamodb/statements/query-plan.ts';
import { StatementPages } from '#storage/dynamodb/statements/statement-pages.ts';
import { StatementReader } from '#storage/dynamodb/statements/statement-reader.ts';
import { StatementWriter } from '#storage/dynamodb/statements/statement-writer.ts';
import { StatementsTable, type TableOptions } from '#storage/dynamodb/statements/statements-table.ts';
import type { StatementPage, StatementQuery, StatementStore, StoreOutcome } from '#storage/statement-store.ts';
import type { StoreId } from '#access/store.ts';
import type { WriteHorizon } from '#storage/write-horizon.ts';

/** Those of the table only where no other process writes to it. */
export interface StatementStoreOptions extends TableOptions {
  readonly client: DynamoDb;
  readonly tableName: string;
  readonly blobs: BlobStore;
  readonly horizon: WriteHorizon;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from `stored` within which a write commits or is given up. */
  readonly commitBound: number;
  /** Partitions that the index rows of one verb, activity or moment are spread over; only ever raised. */
  readonly shards: number;
}

/** Statements in one DynamoDB table and its indexes; `docs/data-model.md` explains every key. */
export class DynamoDbStatementStore implements StatementStore {
  readonly #shards: number;
  readonly #horizon: WriteHorizon;
  readonly #reader: StatementReader;
  readonly #writer: StatementWriter;
  readonly #pages: StatementPages;

  constructor(options: StatementStoreOptions) {
    const { client, tableName, blobs, horizon, now, commitBound, shards } = options;
    const table = new StatementsTable(client, tableName, options);
    const journals = new Journals(table, horizon);
    const authorities = new KnownAuthorities(table);
    const reader = new StatementReader(table, journals, blobs);
    this.#shards = shards;
    this.#horizon = horizon;
    this.#reader = reader;
    this.#writer = new StatementWriter({ table, reader, journals, blobs, authorities, horizon, now, commitBound });
    this.#pages = new StatementPages(
      new QueryPlanner(table, authorities, new StatementsTable(client, tableName)),
      new CandidateReader(table, journals),
      reader,
    );
  }

  async store(store: StoreId, drafts: readonly StatementDraft[]): Promise<StoreOutcome> {
    return this.#writer.write(this.#keyspace(store), drafts);
  }

  async get(store: StoreId, id: string): Promise<StoredStatement | undefined> {
    const row = await this.#reader.visible(this.#keyspace(store), id.toLowerCase());
    return row && this.#reader.stored(row);
  }

  async query({
    store,
    filters,
    visible = {},
    ascending,
    limit,
    after,
    maxBytes,
    mayBeEmpty = false,
  }: StatementQuery): Promise<StatementPage> {
    const until = ascending ? earlier(filters.until, this.#horizon.consistentThrough()) : filters.until;
    const span = { since: filters.since, until, ascending, after };
    return this.#pages.read(this.#keyspace(store), { filters, visible, span, limit, maxBytes, mayBeEmpty });
  }

  consistentThrough(): number {
    return this.#horizon.consistentThrough();
  }

  #keyspace(store: StoreId): Keyspace {
    return new Keyspace(store, this.#shards);
  }
}

/** A walk in ascending order must not pass what may still be added behind it. */
function earlier(until: number | undefined, through: number): number {
  return until === undefined ? through : Math.min(until, through);
}
