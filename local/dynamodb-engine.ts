import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineBinary } from '#local/engine-binary.ts';
import { enlargeCache } from '#local/engine-cache.ts';
import { indexStreamRecords } from '#local/engine-index.ts';
import { freePort } from '#local/free-port.ts';
import { hiddenLoopback } from '#local/hidden-loopback.ts';
import { StartError } from '#local/start-error.ts';

/**
 * Becomes the engine, and leaves a watcher behind that ends it as soon as its standard input closes: that is when this
 * process is gone, even by `kill -9`. The engine has a process group of its own, so that a Ctrl-C does not reach it
 * while requests are still in flight.
 */
const TIED_TO_PARENT =
  'exec 3<&0; (cat <&3 >/dev/null 2>&1; kill -9 $$ 2>/dev/null) >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

/** Milliseconds until the engine must listen, and until it must have ended when asked to. */
const START_LIMIT = 10_000;
const STOP_LIMIT = 5_000;
/** Characters that are kept of what the engine said last. */
const SAID_LIMIT = 4_000;
/** The line that the engine writes to its standard error when it listens; it comes in pieces. */
const LISTENING = /listening on .*\n/u;
/** Another process may take a free port before the engine does. */
const START_TRIES = 3;

/** SQLite has one writer anyway: more threads of the engine's runtime only wake each other. */
const ONE_WORKER = { TOKIO_WORKER_THREADS: '1' };

type EngineProcess = ChildProcessByStdio<Writable, null, Readable>;

export interface DynamoDbEngine {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves when the engine has ended, with a sentence that says how, and what it said last. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded DynamoDB on loopback, kept in `file` or else in memory. It ends with this process at the latest.
 *
 * @throws StartError when there is no engine for this platform, it does not come up or its file is not fit for it.
 */
export async function startDynamoDb(options: { file?: string; port?: number } = {}): Promise<DynamoDbEngine> {
  const binary = engineBinary();
  const host = await hiddenLoopback();
  if (options.file !== undefined) enlargeCache(options.file);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort(host));
    const engine = launch(binary, { host, port }, options.file);
    const { listening, ended } = watch(engine);
    const late = sleep(START_LIMIT, 'It took too long.', { ref: false });
    const failure = await Promise.race([listening, ended, late]);
    if (failure === undefined) return running(engine, ended, { host, port }, options.file);
    engine.kill('SIGKILL');
    if (attempt >= START_TRIES) throw new StartError(`The embedded DynamoDB engine did not start. ${failure}`);
  }
}

interface Address {
  readonly host: string;
  readonly port: number;
}

function launch(binary: string, { host, port }: Address, file: string | undefined): EngineProcess {
  const database = file === undefined ? [] : ['--db-path', file];
  const command = [binary, 'serve', '--host', host, '--port', String(port), ...database];
  return spawn('/bin/sh', ['-c', TIED_TO_PARENT, 'dynamodb-engine', ...command], {
    env: { ...process.env, ...ONE_WORKER },
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

interface Course {
  readonly listening: Promise<undefined>;
  /** Resolves with a sentence that says how the engine has ended, and the last of what it has said since it listens. */
  readonly ended: Promise<string>;
}

function watch(engine: EngineProcess): Course {
  const listening = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<string>();
  let said = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-SAID_LIMIT);
    if (!LISTENING.test(said)) return;
    said = '';
    listening.resolve(undefined);
  });
  engine.once('error', (error) => {
    ended.resolve(`It cannot be run: ${error.message}`);
  });
  engine.once('close', (code, signal) => {
    const how = `It ended with ${signal ?? `code ${code}`}`;
    const last = said.trim();
    ended.resolve(last === '' ? `${how}.` : `${how}, and said last: ${last}`);
  });
  return { listening: listening.promise, ended: ended.promise };
}

async function running(
  engine: EngineProcess,
  ended: Promise<string>,
  { host, port }: Address,
  file: string | undefined,
): Promise<DynamoDbEngine> {
  try {
    if (file !== undefined) indexStreamRecords(file);
  } catch (error) {
    engine.kill('SIGKILL');
    await ended;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The embedded DynamoDB engine cannot use ${file}: ${reason}`);
  }
  return {
    endpoint: `http://${host}:${port}`,
    pid: engine.pid ?? 0,
    ended,
    stop: async () => {
      engine.kill('SIGTERM');
      const timer = setTimeout(() => engine.kill('SIGKILL'), STOP_LIMIT);
      await ended;
      clearTimeout(timer);
    },
  };
}
