import { parseArgs } from 'node:util';
import { measure } from '#bench/lake/measure.ts';
import { goalsOf, isReached, tableOf } from '#bench/lake/report.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { TABLE_ARGUMENTS, type TableOptions } from '#bench/support/table-options.ts';
import { wholeNumber } from '#bench/support/whole-number.ts';

const PAGE = 'docs/performance.md';

/** With fewer files, none would be left behind those in which V8 warms up. */
const FILES = { min: 10, max: 999 };
const ROWS = { min: 1, max: 4_000 };

const USAGE = `Measures how fast statements come into the lake and are compacted there, in how much memory, and what they take in it:
the handlers of lake-writer and lake-compactor, with events as Lambda delivers them, on a folder in the place of S3. Takes about
two minutes.

Usage: npm run bench:lake -- [options]

  --files N   batches, ${FILES.min} to ${FILES.max}; 60 unless given
  --rows N    statements of a batch, ${ROWS.min} to ${ROWS.max}; 3334 unless given
  --json      the figures as JSON, sizes in bytes, times in milliseconds
  --write     puts the table into ${PAGE}
  --help      prints this

Exit code: 0 when the goals are reached, 1 when not (on a machine that is slow or busy, try again), 2 when an option is wrong.

Examples:
  npm run bench:lake
  npm run bench:lake -- --files 12
  npm run --silent bench:lake -- --json > lake.json`;

interface Options extends TableOptions {
  readonly files: number;
  readonly rows: number;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      files: { type: 'string', default: '60' },
      rows: { type: 'string', default: '3334' },
      ...TABLE_ARGUMENTS,
    },
  });
  const { files, rows, help, ...table } = values;
  if (help) return 'help';
  return {
    files: wholeNumber('--files', files, FILES),
    rows: wholeNumber('--rows', rows, ROWS),
    ...table,
  };
}

async function run({ files, rows, json, write }: Options): Promise<number> {
  const report = await measure({ files, rowsPerFile: rows, progress });
  progress('');
  const table = `${tableOf(report)}\n\n${describeMachine(Date.now())}.`;
  if (write) await writeSection(PAGE, 'npm run bench:lake -- --write', table);
  console.log(json ? JSON.stringify(report, undefined, 2) : table);
  return goalsOf(report).every(isReached) ? 0 : 1;
}

await runBenchmark({ usage: USAGE, readOptions, run });
