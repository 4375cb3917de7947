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

type Credential = Pick<Target, 'key' | 'secret'>;

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url));

/** Milliseconds until it must answer, and between two tries. */
const PATIENCE = 30_000;
const PAUSE = 100;

/** More than is ever sent: the default would answer 429 to what is faster than 1,000 requests a second. */
const REQUEST_LIMITS = { perSecond: 100_000, perDay: 1_000_000_000 };

/**
 * Starts this LRS as `npm start` does, in a process of its own.
 *
 * @param stack ends it
 * @param kept its data; absent: there are none, and what it stores is deleted in the end
 */
export async function startOwnLrs(stack: AsyncDisposableStack, kept?: string): Promise<Target> {
  const folder = kept ?? (await passingFolder(stack));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const operator = { key: 'operator', secret: randomBytes(16).toString('hex') };
  const { PATH = '', HOME = '' } = process.env;
  const settings = {
    PORT: new URL(origin).port,
    LRS_DATA_DIR: folder,
    LRS_KEY: operator.key,
    LRS_SECRET: operator.secret,
  };
  const child = spawn(process.execPath, [MAIN], { env: { PATH, HOME, ...settings }, stdio: 'ignore' });
  const exit = once(child, 'exit');
  stack.defer(async () => {
    child.kill('SIGINT');
    await exit;
  });
  const url = `${origin}/xapi`;
  await Promise.race([untilItAnswers(url), exit.then(failed)]);
  return { name: 'this LRS', url, ...(await makeCredential(origin, operator)) };
}

/** As the operator of an LRS makes one, for what asks for more than the default limits allow. */
async function makeCredential(origin: string, operator: Credential): Promise<Credential> {
  const response = await fetch(`${origin}/admin/v1/credentials`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${operator.key}:${operator.secret}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ label: 'Benchmark', scopes: ['all', 'admin'], requestLimits: REQUEST_LIMITS }),
  });
  const made: { readonly key?: unknown; readonly secret?: unknown } = JSON.parse(await response.text());
  if (typeof made.key === 'string' && typeof made.secret === 'string') return { key: made.key, secret: made.secret };
  throw new Error(`The LRS has made no credential: ${JSON.stringify(made)}`);
}

/** @param stack deletes it */
export async function passingFolder(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lrs-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  return folder;
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
