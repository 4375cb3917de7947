import { parseArgs } from 'node:util';

/** What `parseArgs` is told of the options that every benchmark has. */
export const TABLE_ARGUMENTS = {
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What every benchmark is told: how it gives its table. */
export interface TableOptions {
  readonly json: boolean;
  /** Whether the table is put into the docs. */
  readonly write: boolean;
}

/** Of a benchmark that nothing else can be chosen of. @throws what `parseArgs` throws */
export function readTableOptions(parameters: readonly string[]): TableOptions | 'help' {
  const { values } = parseArgs({ args: [...parameters], options: TABLE_ARGUMENTS });
  return values.help ? 'help' : values;
}
