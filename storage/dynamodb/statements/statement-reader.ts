import type { Statement, StoredStatement } from '#xapi/statement/statement.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import { type BodyText, decodeBody } from '#storage/dynamodb/statements/body-codec.ts';
import type { Journals } from '#storage/dynamodb/statements/journal.ts';
import type { Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import {
  readStatementItem,
  type StatementItem,
  statementKey,
  type VisibleRow,
} from '#storage/dynamodb/statements/statement-item.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

/** The item of a statement that exists. */
export type ExistingItem = StatementItem & { readonly at: string };

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
  async row(keyspace: Keyspace, id: string): Promise<StatementItem | undefined> {
    const item = await this.#table.get(statementKey(keyspace, id));
    return item === undefined ? undefined : readStatementItem(item);
  }

  /** The statement as readers see it now. */
  async visible(keyspace: Keyspace, id: string): Promise<ExistingItem | undefined> {
    const row = await this.row(keyspace, id);
    if (!exists(row)) return undefined;
    if (row.journal === undefined) return row;
    const committed =
      this.#journals.isCommitted(keyspace, row.journal) ??
      this.#journals.learn(keyspace, row.journal, await this.#table.get(this.#journals.key(keyspace, row.journal)));
    return committed ? row : undefined;
  }

  /** The statement as it will be once every array that is being written now has ended, which it waits for. */
  async settled(keyspace: Keyspace, id: string): Promise<ExistingItem | undefined> {
    const row = await this.row(keyspace, id);
    if (!exists(row) || row.journal === undefined) return exists(row) ? row : undefined;
    return (await this.#journals.settle(keyspace, row.journal)) === 'committed' ? row : undefined;
  }

  /** At once where its body is at hand: a promise for each of a page took as long as half of the texts themselves. */
  stored(row: VisibleRow): StoredStatement | Promise<StoredStatement> {
    try {
      const body = bodyAtHand(row);
      return body === undefined
        ? this.#fetchBody(row).then((fetched) => new ReadStatement(row, fetched))
        : new ReadStatement(row, body);
    } catch (error) {
      // Not thrown: who asks for many at once would leave the others' promises unobserved.
      return Promise.reject(error);
    }
  }

  async value(row: VisibleRow): Promise<Statement> {
    const { text } = bodyAtHand(row) ?? (await this.#fetchBody(row));
    return this.parse(text);
  }

  async #fetchBody({ id, blob }: VisibleRow): Promise<BodyText> {
    const body = blob === undefined ? undefined : await this.#blobs.get(blob);
    if (body === undefined) throw new Error(`the body of statement ${id} is missing`);
    return decodeBody(body);
  }

  parse(text: string): Statement {
    // It was validated before it was stored.
    const statement: Statement = JSON.parse(text);
    return statement;
  }
}

function bodyAtHand(row: VisibleRow): BodyText | undefined {
  return row.packedBody === undefined ? row.body && decodeBody(row.body) : row.packedBody();
}

/** What a row and its body say. The row is asked for position and id by whoever wants them: of a page, hardly anybody does. */
class ReadStatement implements StoredStatement {
  readonly #row: VisibleRow;
  readonly text: string;
  readonly bytes: number;
  readonly voided: boolean;

  constructor(row: VisibleRow, { text, bytes }: BodyText) {
    this.#row = row;
    this.text = text;
    this.bytes = bytes;
    this.voided = row.voidedBy !== undefined;
  }

  get id(): string {
    return this.#row.id;
  }

  get at(): string {
    return this.#row.at;
  }
}

/** @param row undefined, or a placeholder */
export function exists<Row extends { readonly at: string | undefined }>(
  row: Row | undefined,
): row is Row & { readonly at: string } {
  return row?.at !== undefined;
}
