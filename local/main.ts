import { announcement } from '#local/announcement.ts';
import { startLocalLrs } from '#local/lrs.ts';
import type { LocalLrs } from '#local/lrs.ts';
import { readSettings } from '#local/settings.ts';
import { StartError } from '#local/start-error.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Milliseconds. One Ctrl-C arrives twice under npm: from the terminal, and passed on by npm. */
const SAME_KEYSTROKE = 500;

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.cwd());
  console.log('Starting the LRS …');
  const lrs = await startLocalLrs(settings);
  stopOnSignal(lrs);
  console.log(announcement({ ...lrs, dataFolder: settings.dataFolder, startTime: performance.now() }));
}

function stopOnSignal(lrs: LocalLrs): void {
  let stopping: number | undefined;
  const stop = (): void => {
    if (stopping !== undefined) {
      if (performance.now() - stopping > SAME_KEYSTROKE) process.exit(1);
      return;
    }
    stopping = performance.now();
    console.log('\nStopping …');
    void lrs.stop().then(() => process.exit(0), fail);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  void lrs.engineEnded.then(() => {
    if (stopping === undefined) fail(new StartError('The embedded DynamoDB engine has ended; start the LRS again.'));
    return undefined;
  });
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

await main().catch(fail);
