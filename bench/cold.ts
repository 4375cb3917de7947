import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngines } from '#bench/support/engines.ts';
import { measure, type Report } from '#bench/cold/measure.ts';
import { excesses, tableOf } from '#bench/cold/report.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { TABLE_ARGUMENTS, type TableOptions } from '#bench/support/table-options.ts';
import { withStack } from '#bench/support/with-stack.ts';
import { wholeNumber } from '#bench/support/whole-number.ts';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { RIGHTS } from '#lib/rights.ts';

const PAGE = 'docs/operations/cold-start.md';

const USAGE = `Bundles each function as it is deployed and measures what a cold start costs: the size of the bundle, the time to
import it and the time of the first request, in fresh processes, against the embedded engines. Takes less than a minute.

Usage: npm run bench:cold -- [options]

  --runs N    fresh processes per function, 15 unless given
  --json      the figures as JSON, times in milliseconds, sizes in bytes
  --write     puts the table into docs/operations/cold-start.md
  --help      prints this

Exit code: 0 when all sizes are within their budgets, 1 when one is not, 2 when an option is wrong. A time beyond its budget
is told but does not fail: it depends on the machine, and on what else that does.

Examples:
  npm run bench:cold
  npm run bench:cold -- --runs 3
  npm run --silent bench:cold -- --json > cold.json
  npm run bench:cold -- --write`;

interface Options extends TableOptions {
  readonly runs: number;
}

async function main(options: Options): Promise<number> {
  const report = await withStack((stack) => bench(options.runs, stack));
  if (options.write) await writeSection(PAGE, 'npm run bench:cold -- --write', tableOf(report));
  console.log(options.json ? JSON.stringify(report, undefined, 2) : tableOf(report));
  const tooLarge = excesses(report, 'bytes');
  for (const sentence of [...tooLarge, ...excesses(report, 'importTime')]) console.error(sentence);
  return tooLarge.length === 0 ? 0 : 1;
}

async function bench(runs: number, stack: AsyncDisposableStack): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-bundles-'));
  stack.defer(() => rm(folder, { recursive: true }));
  progress('bundling');
  const bundles = await bundleFunctions(folder, Object.keys(RIGHTS));
  const report = await measure({ bundles, engines: await startEngines(stack), runs, progress });
  progress('');
  return report;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      runs: { type: 'string', default: '15' },
      ...TABLE_ARGUMENTS,
    },
  });
  const { runs, help, ...table } = values;
  return help ? 'help' : { runs: wholeNumber('--runs', runs, { min: 1, max: 9_999 }), ...table };
}

await runBenchmark({ usage: USAGE, readOptions, run: main });
