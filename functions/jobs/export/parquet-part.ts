import type { Part } from '#functions/jobs/export/part.ts';
import { STATEMENT_COLUMNS } from '#lake/columns.ts';
import { cellsOf, ParquetFile } from '#lake/parquet/parquet-file.ts';
import { readStatement } from '#lake/rows/read-statement.ts';
import type { RowContext, StatementRow } from '#lake/rows/row.ts';
import { statementRow } from '#lake/rows/statement-row.ts';
import type { StoredStatement } from '#xapi/statement/statement.ts';

/** Bytes of statements in a row group, after which it is encoded. */
const GROUP_BYTES = 16 * 1024 * 1024;

/** The columns that the lake has. */
export class ParquetPart implements Part {
  readonly #context: RowContext;
  readonly #file = new ParquetFile(STATEMENT_COLUMNS);
  #rows: StatementRow[] = [];
  #groupBytes = 0;
  bytes = 0;
  statements = 0;

  constructor(context: RowContext) {
    this.#context = context;
  }

  async add(statements: readonly StoredStatement[]): Promise<void> {
    for (const { id, at: position, text, voided } of statements) {
      this.#rows.push(statementRow(readStatement({ id, position, text: copyOf(text), voided }), this.#context));
      this.#groupBytes += text.length;
    }
    this.statements += statements.length;
    this.bytes += statements.reduce((sum, { text }) => sum + text.length, 0);
    if (this.#groupBytes >= GROUP_BYTES) this.#encode();
  }

  async end(): Promise<Uint8Array> {
    this.#encode();
    return this.#file.finish();
  }

  #encode(): void {
    if (this.#rows.length > 0) this.#file.addGroup(cellsOf(STATEMENT_COLUMNS, this.#rows), this.#rows.length);
    this.#rows = [];
    this.#groupBytes = 0;
  }
}

/** By itself: a filter may leave one statement of each pack, whose rows would keep the texts of all others in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
