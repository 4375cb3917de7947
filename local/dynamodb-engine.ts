import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
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
/** Another process may take a free port before the engine does. */
const START_TRIES = 3;

/** SQLite has one writer anyway: more threads of the engine's runtime only wake each other. */
const ONE_WORKER = { TOKIO_WORKER_THREADS: '1' };

type EngineProcess = ChildProcessByStdio<Writable, Readable, Readable>;

export interface DynamoDbEngine {
  readonly endpoint: string;
  readonly pid: number;
  /** Resolves when the engine has ended, for whatever reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded DynamoDB on loopback, kept in `file` or else in memory. It ends with this process at the latest.
 *
 * @throws StartError when there is no engine for this platform or it does not come up.
 */
export async function startDynamoDb(options: { file?: string; port?: number } = {}): Promise<DynamoDbEngine> {
  const binary = engineBinary();
  const host = await hiddenLoopback();
  if (options.file !== undefined) enlargeCache(options.file);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort(host));
    const engine = launch(binary, { host, port }, options.file);
    const failure = await Promise.race([listening(engine), outcome(engine)]);
    if (failure === undefined) return running(engine, { host, port }, options.file);
    engine.kill('SIGKILL');
    if (attempt >= START_TRIES) throw new StartError(`The embedded DynamoDB engine did not start: ${failure}`);
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
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Resolves with nothing when the engine says that it listens. */
async function listening(engine: EngineProcess): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let said = '';
  const read = (chunk: Buffer): void => {
    said += chunk.toString();
    if (said.includes('listening on')) resolve(undefined);
  };
  engine.stdout.on('data', read);
  engine.stderr.on('data', read);
  return Promise.race([promise, sleep(START_LIMIT, 'it took too long.', { ref: false })]);
}

/** Resolves with the reason when the engine ends before it listens. */
async function outcome(engine: EngineProcess): Promise<string> {
  let complaint = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const { promise, resolve } = Promise.withResolvers<string>();
  engine.once('error', (error) => {
    resolve(error.message);
  });
  engine.once('close', (code) => {
    resolve(complaint.trim() || `it ended with code ${code}.`);
  });
  return promise;
}

async function exit(engine: EngineProcess): Promise<void> {
  await once(engine, 'exit');
}

function running(engine: EngineProcess, { host, port }: Address, file: string | undefined): DynamoDbEngine {
  if (file !== undefined) indexStreamRecords(file);
  const ended = exit(engine);
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
