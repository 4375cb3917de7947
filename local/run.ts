import { announcement } from '#local/announcement.ts';
import { startLocalLrs } from '#local/lrs.ts';
import type { LocalLrs } from '#local/lrs.ts';
import { refuseParameters } from '#local/parameters.ts';
import { readSettings } from '#local/settings.ts';
import { StartError } from '#local/start-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Milliseconds. One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const SAME_KEYSTROKE = 500;
/** Milliseconds. */
const PARENT_CHECK = 500;

/** Serves the LRS until a signal ends this process; with exit code 1 and a sentence when it cannot. */
export async function run(): Promise<void> {
  try {
    refuseParameters(process.argv.slice(2));
    const workingFolder = process.cwd();
    const settings = readSettings(process.env, workingFolder);
    console.log('Starting the LRS …');
    const lrs = await startLocalLrs(settings);
    stopOnSignal(lrs);
    console.log(announcement({ ...lrs, dataFolder: settings.dataFolder, workingFolder, startTime: performance.now() }));
  } catch (error) {
    fail(error);
  }
}

function stopOnSignal(lrs: LocalLrs): void {
  let stopping: number | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping === undefined) {
      stopping = performance.now();
      console.log('\nStopping …');
      void lrs.stop().then(() => process.exit(0), fail);
    } else if (signal === 'SIGINT' && performance.now() - stopping > SAME_KEYSTROKE) {
      process.exit(1);
    }
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  if (process.env['npm_lifecycle_event'] !== undefined) onParentGone(() => stop('SIGHUP'));
  void lrs.engineEnded.then((how) => {
    const message = `The embedded DynamoDB engine has ended; start the LRS again. ${how}`;
    if (stopping === undefined) fail(new StartError(message));
    return undefined;
  });
}

/** A signal that ends npm alone ends its shell, which is the parent of this process, and tells nobody else. */
function onParentGone(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK).unref();
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}
