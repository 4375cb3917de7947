import { parseArgs } from 'node:util';
import { SOAK_GOAL } from '#bench/load/goals.ts';
import { LOAD_ARGUMENTS, LOAD_USAGE, readLoad } from '#bench/load/load-options.ts';
import type { LrsClient, Target } from '#bench/load/lrs-client.ts';
import { type LoadOptions, measure } from '#bench/load/measure.ts';
import { startOwnLrs } from '#bench/load/own-lrs.ts';
import { failuresIn, soakTableOf, tableOf } from '#bench/load/report.ts';
import { lasting, type Side } from '#bench/load/side.ts';
import { isSteady, soak } from '#bench/load/soak.ts';
import { targetAt } from '#bench/load/targets.ts';
import { busySentence } from '#bench/support/busy-sentence.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeSection } from '#bench/support/section.ts';
import { settling } from '#bench/support/settling.ts';
import type { TableOptions } from '#bench/support/table-options.ts';
import { OptionError, wholeNumber } from '#bench/support/whole-number.ts';
import { withStack } from '#bench/support/with-stack.ts';

const PAGE = 'docs/performance.md';
/** Requests whose answers are kept until they are checked: some answers have 270 KB. */
const SLICE = 250;
/** How many requests a soak may have. */
const SOAKS = { min: 10, max: 200_000 };
/** Requests of the soak in the docs. */
const SOAK = 20_000;

const USAGE = `Sends requests of every kind to an LRS, checks each answer, and tells how many a second it answers and how soon. Client and
server share this machine. Takes about two minutes.

Usage: npm run bench -- [options]

  --url URL      of the LRS, in front of /statements; without it this LRS is started on empty data
  --soak N       instead: ${SOAKS.min} to ${SOAKS.max} single POSTs, and whether the last thousand are as fast as the first
${LOAD_USAGE}
  --write        puts the table, or that of --soak ${SOAK}, into ${PAGE}

The credential of a URL is read from the variables LRS_KEY and LRS_SECRET. Its limit has to allow what is sent: by default it is
1,000 requests a second, and 429 to more is a wrong answer (lrs credential set KEY --request-limits 100000/1000000000).

Exit code: 0 when every answer is right, and the last of a soak are at ${SOAK_GOAL} × the rate of the first or more; 1 when not, 2
when an option is wrong.

Examples:
  npm run bench
  npm run bench -- --stored 20000 --seconds 5
  npm run bench -- --soak ${SOAK}
  LRS_KEY=… LRS_SECRET=… npm run bench -- --url http://127.0.0.1:8080/xapi`;

interface Options extends TableOptions {
  /** Absent: this LRS. */
  readonly target?: Target;
  readonly soak?: number;
  readonly load: Omit<LoadOptions, 'rounds' | 'progress' | 'settle'>;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      ...LOAD_ARGUMENTS,
      soak: { type: 'string' },
    },
  });
  if (values.help) return 'help';
  const { json, write } = values;
  const requests = values.soak === undefined ? undefined : wholeNumber('--soak', values.soak, SOAKS);
  if (write && requests !== undefined && requests !== SOAK) throw new OptionError(`--write is for --soak ${SOAK}.`);
  const access = { variables: process.env, prefix: 'LRS', anyHost: values['any-host'] } as const;
  return {
    load: readLoad(values, Date.now()),
    json,
    write,
    ...(values.url !== undefined && { target: targetAt('LRS', values.url, access) }),
    ...(requests !== undefined && { soak: requests }),
  };
}

function run(options: Options): Promise<number> {
  return withStack(async (stack) => {
    const target = options.target ?? (await startOwnLrs(stack));
    const side = lasting(target, stack);
    return options.soak === undefined ? runAll(side, options) : runSoak(await side.ready(), options.soak, options);
  });
}

async function runAll(side: Side, { load, json, write }: Options): Promise<number> {
  const { settle, waits } = settling(progress);
  const rows = await measure([side], { ...load, rounds: Math.ceil(load.count / SLICE), progress, settle });
  progress('');
  const about = `${load.stored} statements stored before. ${describeMachine(Date.now())}.${busySentence(waits)}`;
  const text = `${tableOf(rows)}\n\n${about}`;
  if (write) await writeSection(PAGE, 'npm run bench -- --write', text);
  console.log(json ? JSON.stringify({ about, waits, rows }, undefined, 2) : text);
  const failures = failuresIn([side.name], rows);
  for (const sentence of failures) console.error(sentence);
  return failures.length === 0 ? 0 : 1;
}

async function runSoak(client: LrsClient, count: number, { load, json, write }: Options): Promise<number> {
  const result = await soak(client, load.seed, count);
  const about = `${describeMachine(Date.now())}.`;
  const text = `${soakTableOf(result)}\n\n${about}`;
  if (write) await writeSection(PAGE, `npm run bench -- --soak ${SOAK} --write`, text);
  console.log(json ? JSON.stringify({ about, ...result }, undefined, 2) : text);
  return isSteady(result) ? 0 : 1;
}

await runBenchmark({ usage: USAGE, readOptions, run });
