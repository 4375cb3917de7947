import { parseArgs } from 'node:util';
import { TABLE_ARGUMENTS, type TableOptions } from '#bench/support/table-options.ts';
import { OptionError, wholeNumber, wholeNumbers } from '#bench/support/whole-number.ts';

export const SIZES = '1000,100000';
const MILLION = 1_000_000;
/** Makes the table in the docs, and stands in the marker there. */
export const WRITE_COMMAND = 'npm run bench:capacity -- --million --write';
/** Of that table. */
const WRITTEN = { sizes: `${SIZES},${MILLION}`, shards: 1 };
const LARGEST = 10_000_000;

export interface CapacityOptions extends TableOptions {
  readonly shards: number;
  /** Ascending. */
  readonly sizes: readonly number[];
}

/** @throws OptionError, or what `parseArgs` throws */
export function readCapacityOptions(parameters: readonly string[]): CapacityOptions | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      sizes: { type: 'string', default: SIZES },
      shards: { type: 'string', default: '1' },
      million: { type: 'boolean', default: false },
      ...TABLE_ARGUMENTS,
    },
  });
  if (values.help) return 'help';
  const { write, json } = values;
  const numbers = wholeNumbers('--sizes', values.sizes, { min: 0, max: LARGEST });
  const sizes = [...new Set([...numbers, ...(values.million ? [MILLION] : [])])].sort((one, other) => one - other);
  const shards = wholeNumber('--shards', values.shards, { min: 1, max: 1_000 });
  if (write) checkWritten(sizes, shards);
  return { shards, sizes, json, write };
}

/** @throws OptionError when it would be another table than that of the docs */
function checkWritten(sizes: readonly number[], shards: number): void {
  if (sizes.join() === WRITTEN.sizes && shards === WRITTEN.shards) return;
  throw new OptionError(
    `--write is for the sizes ${WRITTEN.sizes} and ${WRITTEN.shards} shard, as in the docs, and not for ${sizes.join()} ` +
      `and ${shards}: give --million --write, without --sizes and --shards.`,
  );
}
