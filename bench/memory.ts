import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, measure } from '#bench/memory/measure.ts';
import { excesses, tableOf } from '#bench/memory/report.ts';
import { startEngines } from '#bench/support/engines.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { readTableOptions, type TableOptions } from '#bench/support/table-options.ts';
import { withStack } from '#bench/support/with-stack.ts';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';

const PAGE = 'docs/performance.md';

const USAGE = `Bundles the statements function as it is deployed and measures how much memory it has resident, at the most, when it stores
an array, each array in a fresh process, against the embedded engines.

Usage: npm run bench:memory -- [options]

  --json     the figures as JSON, in bytes
  --write    puts the table into ${PAGE}
  --help     prints this

Exit code: 0 when the goal is reached, 1 when not, 2 when an option is wrong.

Examples:
  npm run bench:memory
  npm run bench:memory -- --write`;

async function run({ json, write }: TableOptions): Promise<number> {
  const figures = await withStack(bench);
  progress('');
  const table = `${tableOf(figures)}\n\n${describeMachine(Date.now())}.`;
  if (write) await writeSection(PAGE, 'npm run bench:memory -- --write', table);
  console.log(json ? JSON.stringify(figures, undefined, 2) : table);
  const problems = excesses(figures);
  for (const sentence of problems) console.error(sentence);
  return problems.length === 0 ? 0 : 1;
}

async function bench(stack: AsyncDisposableStack): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-bundles-'));
  stack.defer(() => rm(folder, { recursive: true }));
  progress('bundling');
  const { statements = '' } = await bundleFunctions(folder, ['statements']);
  return measure(statements, await startEngines(stack), progress);
}

await runBenchmark({ usage: USAGE, readOptions: readTableOptions, run });
