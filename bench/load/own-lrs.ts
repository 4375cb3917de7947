import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import type { Target } from '#bench/load/lrs-client.ts';
import { freePort } from '#local/free-port.ts';

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** Milliseconds until it must answer, and between two tries. */
const PATIENCE = 30_000;
const PAUSE = 100;

/** Starts this LRS as `npm start` does, in a process of its own and on empty data. @param stack ends it and deletes its data */
export async function startOwnLrs(stack: AsyncDisposableStack): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  const target = {
    name: 'this LRS',
    url: `http://127.0.0.1:${await freePort()}/xapi`,
    key: 'bench',
    secret: randomBytes(16).toString('hex'),
  };
  const { PATH = '', HOME = '' } = process.env;
  const settings = {
    PORT: new URL(target.url).port,
    LRS_DATA_DIR: folder,
    LRS_KEY: target.key,
    LRS_SECRET: target.secret,
  };
  const child = spawn(process.execPath, [MAIN], { env: { PATH, HOME, ...settings }, stdio: 'ignore' });
  const exit = once(child, 'exit');
  stack.defer(async () => {
    child.kill('SIGINT');
    await exit;
  });
  await Promise.race([untilItAnswers(target.url), exit.then(failed)]);
  return target;
}

async function untilItAnswers(url: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (performance.now() < end) {
    const answers = await fetch(`${url}/about`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    await sleep(PAUSE);
  }
  throw new Error('The LRS did not start in time.');
}

function failed(): never {
  throw new Error('The LRS has ended before it answered; npm start says why.');
}
