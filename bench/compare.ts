import { parseArgs } from 'node:util';
import { LOAD_ARGUMENTS, LOAD_USAGE, readLoad } from '#bench/load/load-options.ts';
import { LrsClient, type Target } from '#bench/load/lrs-client.ts';
import { type LoadOptions, measure } from '#bench/load/measure.ts';
import { startOwnLrs } from '#bench/load/own-lrs.ts';
import { comparisonOf, failuresIn } from '#bench/load/report.ts';
import { targetAt } from '#bench/load/targets.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { OptionError } from '#bench/support/whole-number.ts';
import { withStack } from '#bench/support/with-stack.ts';

/** Times that they take turns in each operation. */
const ROUNDS = 4;

const USAGE = `Sends the same requests to this LRS and to another one, by turns in one run, and tells how many times as many a second
this one answers. Start the other one freshly: some get slower with every request. Both share this machine with the client.

Usage: npm run bench:compare -- --peer URL [options]

  --peer URL     of the other LRS, in front of /statements
  --url URL      of this LRS; without it, it is started on empty data
${LOAD_USAGE}

The credential of the other is read from the variables PEER_KEY and PEER_SECRET, that of a URL from LRS_KEY and LRS_SECRET.
Their limits have to allow what is sent: of this LRS it is 1,000 requests a second by default, and 429 to more is a wrong
answer (lrs credential set KEY --request-limits 100000/1000000000).

Exit code: 0 when every answer is right, 1 when one is not, 2 when an option is wrong.

Example:
  PEER_KEY=… PEER_SECRET=… npm run bench:compare -- --peer http://127.0.0.1:8081/xapi`;

interface Options {
  /** Absent: this LRS is started. */
  readonly own?: Target;
  readonly peer: Target;
  readonly load: Omit<LoadOptions, 'rounds' | 'progress'>;
  readonly json: boolean;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: { ...LOAD_ARGUMENTS, url: { type: 'string' }, peer: { type: 'string' } },
  });
  if (values.help) return 'help';
  if (values.peer === undefined) throw new OptionError('--peer is missing.');
  const anyHost = values['any-host'];
  const { LRS_KEY, LRS_SECRET, PEER_KEY, PEER_SECRET } = process.env;
  return {
    load: readLoad(values, Date.now()),
    json: values.json,
    peer: targetAt('peer', values.peer, { key: PEER_KEY, secret: PEER_SECRET, anyHost }),
    ...(values.url !== undefined && {
      own: targetAt('this LRS', values.url, { key: LRS_KEY, secret: LRS_SECRET, anyHost }),
    }),
  };
}

function run({ own, peer, load, json }: Options): Promise<number> {
  return withStack(async (stack) => {
    const targets = [own ?? (await startOwnLrs(stack)), peer];
    const clients = targets.map((target) => new LrsClient(target));
    stack.defer(() => clients.forEach((client) => client.close()));
    const rows = await measure(clients, { ...load, rounds: ROUNDS, progress });
    progress('');
    const names = targets.map(({ name }) => name);
    const about = `${load.stored} statements stored before. ${describeMachine(Date.now())}.`;
    console.log(
      json ? JSON.stringify({ about, names, rows }, undefined, 2) : `${comparisonOf(names, rows)}\n\n${about}`,
    );
    const failures = failuresIn(names, rows);
    for (const sentence of failures) console.error(sentence);
    return failures.length === 0 ? 0 : 1;
  });
}

await runBenchmark({ usage: USAGE, readOptions, run });
