import type { Part } from '#functions/jobs/export/part.ts';
import { csvCell, csvLine } from '#functions/jobs/export/csv.ts';
import { parseJson } from '#xapi/json/parse-json.ts';
import { readPath } from '#xapi/statement/paths/read-path.ts';
import type { Step } from '#xapi/statement/paths/parse-path.ts';
import { valueAt } from '#xapi/statement/paths/value-at.ts';

/** A line for the names of the columns, and one for each statement. */
export class CsvPart implements Part {
  readonly #paths: readonly (readonly Step[])[];
  readonly #chunks: Buffer[];
  bytes = 0;
  statements = 0;

  /** @param columns paths that `readPath` takes */
  constructor(columns: readonly string[]) {
    this.#paths = columns.map(stepsOf);
    this.#chunks = [Buffer.from(csvLine(columns.map(csvCell)))];
  }

  async add(_: unknown, texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      const line = Buffer.from(this.#lineOf(text));
      this.#chunks.push(line);
      // Cells may be within others: a line can be many times as long as its statement.
      this.bytes += Math.max(text.length, line.length);
    }
    this.statements += texts.length;
  }

  async end(): Promise<Uint8Array> {
    return Buffer.concat(this.#chunks);
  }

  #lineOf(text: string): string {
    const { exact } = parseJson(text);
    return csvLine(this.#paths.map((steps) => csvCell(valueAt(exact, steps))));
  }
}

function stepsOf(column: string): readonly Step[] {
  const steps = readPath(column);
  if ('message' in steps) throw new Error(`The column ${column} is none: ${steps.message}`);
  return steps;
}
