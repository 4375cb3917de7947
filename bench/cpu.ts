import { measure } from '#bench/cpu/measure.ts';
import { misses, tableOf } from '#bench/cpu/report.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { readTableOptions, type TableOptions } from '#bench/support/table-options.ts';

const PAGE = 'docs/performance.md';

const USAGE = `Measures the CPU time of the statements function for each statement, from the event of the gateway to its result, with
the client of DynamoDB replaced by one that answers from memory; and that of the parts it is made of. Takes about a minute.

Usage: npm run bench:cpu -- [options]

  --json     the figures as JSON, times in microseconds
  --write    puts the table into ${PAGE}
  --help     prints this

Exit code: 0 when the goals are reached, 1 when not (on a machine that is slow or busy, try again), 2 when an option is wrong.

Examples:
  npm run bench:cpu
  npm run --silent bench:cpu -- --json > cpu.json`;

async function run({ json, write }: TableOptions): Promise<number> {
  const figures = await measure(progress);
  progress('');
  const table = `${tableOf(figures)}\n\n${describeMachine(Date.now())}.`;
  if (write) await writeSection(PAGE, 'npm run bench:cpu -- --write', table);
  console.log(json ? JSON.stringify(figures, undefined, 2) : table);
  const problems = misses(figures);
  for (const sentence of problems) console.error(sentence);
  return problems.length === 0 ? 0 : 1;
}

await runBenchmark({ usage: USAGE, readOptions: readTableOptions, run });
