import { parseArgs } from 'node:util';
import { tablesOf } from '#bench/scale/report.ts';
import { type Sizing, sizingOf } from '#bench/scale/sizing.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { TABLE_ARGUMENTS, type TableOptions } from '#bench/support/table-options.ts';
import { wholeNumbers } from '#bench/support/whole-number.ts';

const PAGE = 'docs/performance.md';
const RATES = '1000,10000,50000';
const ARRAYS = [1, 50];
/** Statements that are simulated at least: one second of more, several of less. */
const LEAST = 20_000;

const USAGE = `Simulates which partitions of DynamoDB get how many write units a second under uneven traffic, by the keys that the
store would write: one verb has 40 % of all statements, one course 20 %, one learner 10 %. Tells how many shards are enough.

Usage: npm run bench:scale -- [options]

  --rates N,N    statements a second; ${RATES} unless given
  --json         the figures as JSON
  --write        puts the tables into ${PAGE}
  --help         prints this

Exit code: 0, or 2 when an option is wrong.

Examples:
  npm run bench:scale
  npm run bench:scale -- --rates 200,500`;

interface Options extends TableOptions {
  readonly rates: readonly number[];
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      rates: { type: 'string', default: RATES },
      ...TABLE_ARGUMENTS,
    },
  });
  const { rates, help, ...table } = values;
  if (help) return 'help';
  return { rates: wholeNumbers('--rates', rates, { min: 1, max: 50_000 }), ...table };
}

async function run({ rates, json, write }: Options): Promise<number> {
  const sizings = ARRAYS.flatMap((array) => rates.map((rate) => simulate(rate, array)));
  progress('');
  const tables = tablesOf(sizings);
  if (write) await writeSection(PAGE, 'npm run bench:scale -- --write', tables);
  console.log(json ? JSON.stringify(sizings.map(asJson), undefined, 2) : tables);
  return 0;
}

function simulate(rate: number, array: number): Sizing {
  progress(`${rate} statements a second in arrays of ${array}`);
  return sizingOf({ rate, array, seconds: Math.max(1, Math.ceil(LEAST / rate)) });
}

function asJson({ unsharded, sharded, ...rest }: Sizing): unknown {
  return { ...rest, unsharded: Object.fromEntries(unsharded), sharded: Object.fromEntries(sharded) };
}

await runBenchmark({ usage: USAGE, readOptions, run });
