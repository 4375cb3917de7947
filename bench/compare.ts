import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LOAD_ARGUMENTS, LOAD_USAGE, readLoad } from '#bench/load/load-options.ts';
import type { Target } from '#bench/load/lrs-client.ts';
import { type LoadOptions, measure, type Row } from '#bench/load/measure.ts';
import { passingFolder, startOwnLrs } from '#bench/load/own-lrs.ts';
import { comparisonOf, failuresIn, hasReached } from '#bench/load/report.ts';
import { fresh, lasting, runCommand, type Side, startingAgain } from '#bench/load/side.ts';
import { targetAt } from '#bench/load/targets.ts';
import { busySentence } from '#bench/support/busy-sentence.ts';
import { describeMachine } from '#bench/support/machine.ts';
import { progress } from '#bench/support/progress.ts';
import { runBenchmark } from '#bench/support/run-benchmark.ts';
import { writeFigures, writeSection } from '#bench/support/section.ts';
import { type NamedWait, settling } from '#bench/support/settling.ts';
import { OptionError } from '#bench/support/whole-number.ts';
import { withStack } from '#bench/support/with-stack.ts';

const PAGE = 'docs/performance.md';
/** Times that they take turns in each operation. */
const ROUNDS = 4;
/** Requests of one operation, with those of the warm-up: some LRSs get slower with every request that they have served. */
const MOST = 2_000;
const OWN = 'this LRS';
const PEER = 'peer';

const USAGE = `Sends the same requests to this LRS and to another one, by turns in one run, and tells how many times as many a second
this one answers, and whether that reaches the goal. Both share this machine with the client.

Usage: npm run bench:compare -- --peer URL [options]

  --peer URL     of the other LRS, in front of /statements
  --restart CMD  a command of the shell that starts the other LRS again, on empty data, and ends when it answers. Run before
                 each operation, because some get slower with every request; then the other is filled again. This LRS is
                 started again likewise, so that neither has had more time to warm up; not the one of --url. Its data stay
                 until the end: some 4 GB of disk
  --url URL      of this LRS; without it, it is started on empty data
${LOAD_USAGE}
  --write        puts the table into ${PAGE}, and all figures into a file beside it
  --as NAME      of another section of that page, for the other LRS in another mode
  --peer-name T  what the other LRS is, with its version; for the table

Requests of an operation and those before are at most ${MOST} together; where there have to be documents or attachments, they
are put before that.

The credential of the other is read from the variables PEER_KEY and PEER_SECRET, that of a URL from LRS_KEY and LRS_SECRET.
Their limits have to allow what is sent: of this LRS it is 1,000 requests a second by default, and 429 to more is a wrong
answer (lrs credential set KEY --request-limits 100000/1000000000).

Exit code: 0 when every answer is right and all goals are reached, 1 when not, 2 when an option is wrong.

Examples:
  PEER_KEY=… PEER_SECRET=… npm run bench:compare -- --peer http://127.0.0.1:8081/xapi --restart ./start-peer.sh
  PEER_KEY=… PEER_SECRET=… npm run bench:compare -- --peer http://127.0.0.1:8081/xapi --restart ./start-peer.sh \\
    --peer-name "other-lrs 1.2.3 on PostgreSQL 15" --count 1500 --warm-up 500 --seconds 60 --write`;

interface Options {
  /** Absent: this LRS is started. */
  readonly own?: Target;
  readonly peer: Target;
  /** Of the peer. */
  readonly restart?: string;
  readonly peerName?: string;
  readonly load: Omit<LoadOptions, 'rounds' | 'progress' | 'settle'>;
  readonly json: boolean;
  /** Where the table and the figures go. */
  readonly write?: Place;
}

interface Place {
  readonly command: string;
  /** Path from the page. */
  readonly figures: string;
}

/** @throws OptionError, or what `parseArgs` throws */
function readOptions(parameters: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      ...LOAD_ARGUMENTS,
      peer: { type: 'string' },
      restart: { type: 'string' },
      as: { type: 'string' },
      'peer-name': { type: 'string' },
    },
  });
  if (values.help) return 'help';
  const { peer, restart, url, json, write, as: section, 'peer-name': peerName } = values;
  if (peer === undefined) throw new OptionError('--peer is missing.');
  if (write && peerName === undefined) throw new OptionError('--write needs --peer-name.');
  const access = { variables: process.env, anyHost: values['any-host'] };
  return {
    load: readLoad(values, Date.now(), MOST),
    json,
    peer: targetAt(PEER, peer, { ...access, prefix: 'PEER' }),
    ...(url !== undefined && { own: targetAt(OWN, url, { ...access, prefix: 'LRS' }) }),
    ...(restart !== undefined && { restart }),
    ...(peerName !== undefined && { peerName }),
    ...(write && { write: placeOf(section) }),
  };
}

/** @throws OptionError */
function placeOf(section: string | undefined): Place {
  if (section === undefined) {
    return { command: 'npm run bench:compare -- --write', figures: 'performance/compare.json' };
  }
  if (!/^[a-z\d]+$/u.test(section)) throw new OptionError('--as has to be a word of small letters and digits.');
  return {
    command: `npm run bench:compare -- --write --as ${section}`,
    figures: `performance/compare-${section}.json`,
  };
}

function run(options: Options): Promise<number> {
  return withStack(async (stack) => {
    const { settle, waits } = settling(progress);
    const sides = await sidesOf(options, stack);
    const rows = await measure(sides, { ...options.load, rounds: ROUNDS, progress, settle });
    progress('');
    await report(options, rows, waits);
    const failures = failuresIn([OWN, PEER], rows);
    for (const sentence of failures) console.error(sentence);
    return failures.length === 0 && rows.every(hasReached) ? 0 : 1;
  });
}

async function sidesOf({ own, peer, restart }: Options, stack: AsyncDisposableStack): Promise<readonly Side[]> {
  if (restart === undefined) return [lasting(own ?? (await startOwnLrs(stack)), stack), lasting(peer, stack)];
  const startPeer = async (): Promise<Target> => {
    await runCommand(restart);
    return peer;
  };
  const ownSide = own === undefined ? fresh(OWN, await startingOwn(stack), stack) : lasting(own, stack);
  return [ownSide, fresh(PEER, startPeer, stack)];
}

/**
 * Starts this LRS in a new folder each time. All of them stay until the end: for minutes after files were deleted, ext4 passes
 * over what is left of each whenever it makes a new one, which only an LRS that makes files would pay for.
 */
async function startingOwn(stack: AsyncDisposableStack): Promise<() => Promise<Target>> {
  const folder = await passingFolder(stack);
  let starts = 0;
  return startingAgain((started) => {
    starts += 1;
    return startOwnLrs(started, join(folder, String(starts)));
  }, stack);
}

async function report(
  { load, json, peerName, restart, write }: Options,
  rows: readonly Row[],
  waits: readonly NamedWait[],
): Promise<void> {
  const { stored, count, warmUp, time, inFlight } = load;
  const atOnce = inFlight === undefined ? '' : `, ${inFlight} in flight`;
  const started = restart === undefined ? '' : ', in LRSs that have just been started';
  const about = [
    `The peer is ${peerName ?? 'another LRS'}.`,
    `${stored.toLocaleString('en')} statements stored before each operation${started};`,
    `${count.toLocaleString('en')} requests to each${atOnce} after ${warmUp} that are not counted, in ${ROUNDS} turns,`,
    `or what fits into ${time / 1_000} s.`,
    `${describeMachine(Date.now())}.${busySentence(waits)}`,
  ].join(' ');
  const figures = { about, names: [OWN, PEER], waits, rows };
  const text = `${comparisonOf([OWN, PEER], rows)}\n\n${about}`;
  console.log(json ? JSON.stringify(figures, undefined, 2) : text);
  if (write === undefined) return;
  await writeSection(PAGE, write.command, `${text} All figures: [${write.figures}](${write.figures}).`);
  await writeFigures(`docs/${write.figures}`, figures);
}

await runBenchmark({ usage: USAGE, readOptions, run });
