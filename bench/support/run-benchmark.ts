import { Stopped } from '#bench/support/stopped.ts';
import { OptionError } from '#bench/support/whole-number.ts';

interface Benchmark<Options> {
  /** Printed for `--help` only: it is so long that what is wrong with an option would scroll away. */
  readonly usage: string;
  /** @throws OptionError, or what `parseArgs` throws */
  readonly readOptions: (parameters: readonly string[]) => Options | 'help';
  /** @returns the exit code */
  readonly run: (options: Options) => Promise<number>;
}

/** Exit code 2 when an option is wrong, 1 when it cannot go on. */
export async function runBenchmark<Options>({ usage, readOptions, run }: Benchmark<Options>): Promise<void> {
  const options = read(readOptions);
  if (options === 'help') console.log(usage);
  else if (options instanceof Error) {
    console.error(`${options.message}\n--help shows the options.`);
    process.exitCode = 2;
  } else process.exitCode = await untilStopped(() => run(options));
}

async function untilStopped(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    console.error(error.message);
    return 1;
  }
}

function read<Options>(readOptions: Benchmark<Options>['readOptions']): Options | 'help' | Error {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (error instanceof OptionError || isParseError(error)) return error;
    throw error;
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
