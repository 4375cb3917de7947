import { parseArgs } from 'node:util';

/** Options of a benchmark that makes one table and nothing can be chosen of. */
export interface TableOptions {
  readonly json: boolean;
  /** Whether the table is put into the docs. */
  readonly write: boolean;
}

/** @throws what `parseArgs` throws */
export function readTableOptions(parameters: readonly string[]): TableOptions | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values.help ? 'help' : values;
}
