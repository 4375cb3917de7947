import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEngines } from '#bench/cold/engines.ts';
import { measure, type Report } from '#bench/cold/measure.ts';
import { excesses, tableOf } from '#bench/cold/report.ts';
import { bundleFunctions } from '#lib/bundle/bundle-functions.ts';
import { RIGHTS } from '#lib/rights.ts';

const PAGE = fileURLToPath(new URL('../docs/operations/cold-start.md', import.meta.url));
const BEGIN = '<!-- begin: npm run bench:cold -- --write -->';
const END = '<!-- end -->';

const USAGE = `Bundles each function as it is deployed and measures what a cold start costs: the size of the bundle, the time to
import it and the time of the first request, in fresh processes, against the embedded engines. Takes about two minutes.

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

interface Options {
  readonly runs: number;
  readonly json: boolean;
  readonly write: boolean;
}

async function main(options: Options): Promise<number> {
  const stack = new AsyncDisposableStack();
  try {
    const report = await bench(options.runs, stack);
    if (options.write) await writeTable(report);
    console.log(options.json ? JSON.stringify(report, undefined, 2) : tableOf(report));
    const tooLarge = excesses(report, 'bytes');
    for (const sentence of [...tooLarge, ...excesses(report, 'importTime')]) console.error(sentence);
    return tooLarge.length === 0 ? 0 : 1;
  } finally {
    await stack.disposeAsync();
  }
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

/** One line, which the next replaces, where somebody watches. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
}

async function writeTable(report: Report): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for the table.`);
  await writeFile(PAGE, `${page.slice(0, begin)}${BEGIN}\n\n${tableOf(report)}\n\n${page.slice(end)}`);
}

/** @returns a sentence about an option that is unknown or has a wrong value. */
function readOptions(parameters: readonly string[]): Options | 'help' | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        runs: { type: 'string', default: '15' },
        json: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { runs, json, write, help } = values;
    if (help) return 'help';
    if (!/^[1-9]\d{0,3}$/u.test(runs)) return { problem: `--runs is ${runs}; it has to be a number from 1 to 9999.` };
    return { runs: Number(runs), json, write };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') {
  console.log(USAGE);
} else if ('problem' in options) {
  console.error(`${options.problem}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  process.exitCode = await main(options);
}
