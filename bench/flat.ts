import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type FlatOptions, type FlatRow, measure } from '#bench/flat/measure.ts';
import { failuresIn, isFlat, tableOf } from '#bench/flat/report.ts';
import { passingFolder } from '#bench/load/own-lrs.ts';
import { busySentence } from '#bench/support/busy-sentence.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeFigures, writeSection } from '#bench/support/section.ts';
import { type NamedWait, settling } from '#bench/support/settling.ts';
import { TABLE_ARGUMENTS, type TableOptions } from '#bench/support/table-options.ts';
import { wholeNumber } from '#bench/support/whole-number.ts';
import { withStack } from '#bench/support/with-stack.ts';

const PAGE = 'docs/performance.md';
const FIGURES = 'performance/flat.json';
/** What the numbers may be; the larger LRS has more than the smaller one. */
const FEW = { min: 2_000, max: 1_000_000 };
const MOST = 10_000_000;
const COUNT = { min: 100, max: 20_000 };

const USAGE = `Measures how long every read of statements takes of this LRS with many statements stored and with few: two LRSs on this
machine, each on its own data, take turns, so that a slow moment meets both. Every answer is checked, and pages hold as many
statements in both. Filling takes some twenty minutes for 1,000,000 statements, and 9 GB of disk.

Usage: npm run bench:flat -- [options]

  --few N      statements in the smaller one, ${FEW.min} to ${FEW.max}; 10000 unless given
  --many N     statements in the larger one, more than --few and at most ${MOST}; 1000000 unless given
  --count N    requests of each operation to each, ${COUNT.min} to ${COUNT.max}; 1000 unless given
  --keep DIR   keeps what was stored there, and takes what is there, so that filling is done once
  --json       the figures as JSON, times in milliseconds
  --write      puts the table into ${PAGE}, and all figures into a file beside it
  --help       prints this

Exit code: 0 when every answer is right and nothing takes more than 1.3 times as long (p95) with many, 1 when not (on a machine
that is busy, try again), 2 when an option is wrong.

Examples:
  npm run bench:flat -- --few 2000 --many 20000 --count 200
  npm run bench:flat -- --keep /var/tmp/flat --write`;

interface Options extends TableOptions {
  readonly flat: Omit<FlatOptions, 'folder' | 'progress' | 'settle'>;
  /** Absent: what was stored is deleted. */
  readonly keep?: string;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      few: { type: 'string', default: '10000' },
      many: { type: 'string', default: '1000000' },
      count: { type: 'string', default: '1000' },
      keep: { type: 'string' },
      ...TABLE_ARGUMENTS,
    },
  });
  const { few, many, count, keep, help, ...table } = values;
  if (help) return 'help';
  const least = wholeNumber('--few', few, FEW);
  return {
    flat: {
      sizes: [least, wholeNumber('--many', many, { min: least + 1, max: MOST })],
      count: wholeNumber('--count', count, COUNT),
      seed: 'flat',
    },
    ...(keep !== undefined && { keep }),
    ...table,
  };
}

async function run(options: Options): Promise<number> {
  const { flat, keep } = options;
  if (keep !== undefined) await mkdir(keep, { recursive: true });
  const { settle, waits } = settling(progress);
  const rows = await withStack(async (stack) => {
    const folder = keep ?? (await passingFolder(stack));
    return measure({ ...flat, folder, progress, settle }, stack);
  });
  progress('');
  await report(rows, waits, options);
  for (const sentence of failuresIn(rows)) console.error(sentence);
  return rows.every(isFlat) ? 0 : 1;
}

async function report(
  rows: readonly FlatRow[],
  waits: readonly NamedWait[],
  { flat, json, write }: Options,
): Promise<void> {
  const machine = describeMachine(Date.now());
  const about = `${flat.count.toLocaleString('en')} requests of each to each LRS. ${machine}.${busySentence(waits)}`;
  const figures = { about, sizes: flat.sizes, waits, rows };
  const text = `${tableOf(rows, flat.sizes)}\n\n${about}`;
  console.log(json ? JSON.stringify(figures, undefined, 2) : text);
  if (!write) return;
  await writeSection(PAGE, 'npm run bench:flat -- --write', `${text} All figures: [${FIGURES}](${FIGURES}).`);
  await writeFigures(`docs/${FIGURES}`, figures);
}

await runBenchmark({ usage: USAGE, readOptions, run });
