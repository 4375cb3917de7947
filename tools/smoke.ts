import { HELP, listOfChecks, USAGE } from './smoke/help.ts';
import { readOptions, UsageError } from './smoke/options.ts';
import type { RunOptions, SmokeOptions } from './smoke/options.ts';
import { progressLine, summary } from './smoke/report.ts';
import { smoke } from './smoke/smoke.ts';

/** Milliseconds. One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const SAME_KEYSTROKE = 500;

async function main(): Promise<number> {
  const options = parse();
  if (options === undefined) return 2;
  if (options.kind === 'run') return run(options);
  console.log(options.kind === 'help' ? HELP : listOfChecks());
  return 0;
}

function parse(): SmokeOptions | undefined {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n${USAGE}`);
    return undefined;
  }
}

async function run(options: RunOptions): Promise<number> {
  const result = await smoke(options, {
    interrupted: interruption(),
    report: (check) => {
      const line = progressLine(check);
      if (!options.json && line !== '') console.log(line);
    },
  });
  console.log(options.json ? JSON.stringify(result, null, 2) : `\n${summary(result)}`);
  return result.passed ? 0 : 1;
}

/** The first Ctrl-C ends the checks and lets the clean-up begin, another one ends everything. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const stop = (): void => {
    const now = performance.now();
    first ??= now;
    if (now - first > SAME_KEYSTROKE) process.exit(1);
    if (controller.signal.aborted) return;
    console.error('Stopping, and deleting what was written …');
    controller.abort('it was interrupted');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  return controller.signal;
}

process.exitCode = await main();
