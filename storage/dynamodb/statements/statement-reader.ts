import type { Statement, StoredStatement } from '#xapi/statement/statement.ts';
import { storedAt } from '#storage/position.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import { decodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { readStatementRow, statementKey, type StatementRow } from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** A row of a statement that exists. */
export type ExistingRow = StatementRow & { readonly at: string };

/** Reads single statements, strongly consistent, and their bodies wherever they are. */
export class StatementReader {
  readonly #table: StatementsTable;
  readonly #journals: Journals;
  readonly #blobs: BlobStore;

  constructor(table: StatementsTable, journals: Journals, blobs: BlobStore) {
    this.#table = table;
    this.#journals = journals;
    this.#blobs = blobs;
  }

  /** What stands under the key of a statement: maybe a placeholder, maybe a statement whose journal is open. */
  async row(keyspace: Keyspace, id: string): Promise<StatementRow | undefined> {
    const item = await this.#table.get(statementKey(keyspace, id));
    return item === undefined ? undefined : readStatementRow(item);
  }

  /** The statement as readers see it now. */
  async visible(keyspace: Keyspace, id: string): Promise<ExistingRow | undefined> {
    const row = await this.row(keyspace, id);
    if (!exists(row)) return undefined;
    if (row.journal === undefined) return row;
    const committed =
      this.#journals.isCommitted(keyspace, row.journal) ??
      this.#journals.learn(keyspace, row.journal, await this.#table.get(this.#journals.key(keyspace, row.journal)));
    return committed ? row : undefined;
  }

  /** The statement as it will be once every array that is being written now has ended, which it waits for. */
  async settled(keyspace: Keyspace, id: string): Promise<ExistingRow | undefined> {
    const row = await this.row(keyspace, id);
    if (!exists(row) || row.journal === undefined) return exists(row) ? row : undefined;
    return (await this.#journals.settle(keyspace, row.journal)) === 'committed' ? row : undefined;
  }

  async text(row: StatementRow): Promise<string> {
    if (row.packedText !== undefined) return row.packedText();
    const body = row.body ?? (row.blob === undefined ? undefined : await this.#blobs.get(row.blob));
    if (body === undefined) throw new Error(`the body of statement ${row.id} is missing`);
    return decodeBody(body);
  }

  async stored(row: ExistingRow): Promise<StoredStatement> {
    const { id, at, voidedBy } = row;
    return { id, at, stored: storedAt(at), text: await this.text(row), voided: voidedBy !== undefined };
  }

  async value(row: StatementRow): Promise<Statement> {
    return this.parse(await this.text(row));
  }

  parse(text: string): Statement {
    // It was validated before it was stored.
    const statement: Statement = JSON.parse(text);
    return statement;
  }
}

export function exists(row: StatementRow | undefined): row is ExistingRow {
  return row?.at !== undefined;
}
