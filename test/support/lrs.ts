import { execFile, spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '#local/free-port.ts';

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** A whole LRS in a process of its own, on loopback, with its data in a temporary folder. */
export interface RunningLrs {
  /** The endpoint, without a slash at its end; the same after a restart. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
  /** The header `Authorization`. */
  readonly authorization: string;
  readonly dataFolder: string;
  /** As Ctrl-C does. @returns the exit code. */
  terminate(): Promise<number | null>;
  /** Kills the process without a chance to clean up; the data stays. */
  kill9(): Promise<void>;
  /** Kills its embedded engine alone, of which it ends, too. @returns what it still printed */
  killEngine(): Promise<string>;
  /** Starts it again on the same data, after it has ended. */
  restart(): Promise<void>;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * @param variables more of the environment of the LRS
 * @param main the module that is run
 */
export async function startLrs(
  variables: Readonly<Record<string, string>> = {},
  main: string = MAIN,
): Promise<RunningLrs> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lrs-test-'));
  const port = await freePort();
  const key = 'test-key';
  const secret = randomBytes(16).toString('hex');
  const environment = {
    PORT: String(port),
    LRS_DATA_DIR: dataFolder,
    LRS_KEY: key,
    LRS_SECRET: secret,
    ...variables,
  };
  let child = await launch(environment, main);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child.exitCode;
  };
  return {
    url: `http://127.0.0.1:${port}${variables['LRS_BASE_PATH'] ?? '/xapi'}`,
    key,
    secret,
    authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    dataFolder,
    terminate: () => end('SIGINT'),
    kill9: async () => {
      await end('SIGKILL');
    },
    killEngine: async () => {
      const output = collect(child);
      const close = once(child, 'close');
      process.kill(await engineOf(child), 'SIGKILL');
      await close;
      return output();
    },
    restart: async () => {
      child = await launch(environment, main);
    },
    stop: async () => {
      await end('SIGKILL');
      await removeData(dataFolder);
    },
  };
}

/** What `npm start` with this environment and these parameters prints until it has ended, and how it ended. */
export async function runLrs(
  variables: Readonly<Record<string, string>>,
  parameters: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawnLrs(variables, MAIN, parameters);
  const output = collect(child);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

function spawnLrs(
  variables: Readonly<Record<string, string>>,
  main: string,
  parameters: readonly string[] = [],
): Child {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(process.execPath, [main, ...parameters], {
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Resolves when it says that it is ready. @throws Error with what it printed when it ends instead. */
async function launch(variables: Readonly<Record<string, string>>, main: string): Promise<Child> {
  const child = spawnLrs(variables, main);
  const output = collect(child);
  const { promise, resolve, reject } = Promise.withResolvers<Child>();
  child.stdout.on('data', () => {
    if (output().includes('Ready in')) resolve(child);
  });
  child.once('close', () => {
    reject(new Error(`The LRS did not start: ${output()}`));
  });
  return promise;
}

async function engineOf({ pid }: Child): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const children = stdout.split('\n').map((line) => /^ *(\d+) +(\d+) (.*)$/u.exec(line) ?? []);
  const [, engine] =
    children.find(([, , parent, command]) => Number(parent) === pid && command?.includes(' serve ')) ?? [];
  if (engine === undefined) throw new Error('The LRS has no engine.');
  return Number(engine);
}

function collect(child: Child): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

/** The engine of a killed LRS may be about to end, and still write. */
async function removeData(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
