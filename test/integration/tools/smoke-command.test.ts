import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aServerIdentity } from '#test/support/certificates.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { startProxy } from '#test/support/proxy.ts';
import type { Interference, Proxy } from '#test/support/proxy.ts';

const COMMAND = fileURLToPath(new URL('../../../tools/smoke.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

interface Command {
  readonly parameters?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Sends Ctrl-C as soon as the output holds this. */
  readonly interruptedAt?: string;
}

let lrs: RunningLrs;

async function run({ parameters = [], variables = {}, interruptedAt }: Command): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const access = { LRS_SMOKE_ENDPOINT: lrs.url, LRS_SMOKE_KEY: lrs.key, LRS_SMOKE_SECRET: lrs.secret };
  const child = spawn(process.execPath, [COMMAND, ...parameters], {
    env: { PATH, HOME, ...access, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const isThere = interruptedAt !== undefined && output.includes(interruptedAt);
    output += chunk.toString();
    if (interruptedAt !== undefined && !isThere && output.includes(interruptedAt)) child.kill('SIGINT');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await once(child, 'close');
  return { code: child.exitCode, output, errors };
}

beforeAll(async () => {
  lrs = await startLrs();
});

afterAll(async () => {
  await lrs.stop();
});

describe('npm run smoke', () => {
  it('tells of each check with its time, and ends with 0', async () => {
    const { code, output } = await run({ parameters: ['--only', 'head', '--only', 'clock'] });
    expect(output).toMatch(
      /^– tls .*\n✓ reachability .*\n✓ clock \(\d\.\d s\)\n {4}.*\n✓ head \(\d\.\d s\)\n✓ clean-up \(\d\.\d s\)\n/u,
    );
    expect(output).toMatch(/: 4 passed, 0 failed, 1 skipped \(\d+ requests, \d\.\d s\)\n$/u);
    expect(code).toBe(0);
  });

  it('tells at the end what failed and what to do, and ends with 1', async () => {
    const { code, output } = await through(
      { answer: (answer) => ({ ...answer, headers: { ...answer.headers, date: new Date(0).toUTCString() } }) },
      { parameters: ['--only', 'clock'] },
    );
    expect(output).toMatch(
      /\n✗ clock[^]*\n✗ clock: The clocks[^]*\n {2}expected {2}[^]*\n {2}do {8}[^]*: 1 passed, 1 failed, 1 skipped \(/u,
    );
    expect(code).toBe(1);
  });

  it('prints JSON for scripts, and nothing else', async () => {
    const { code, output } = await run({ parameters: ['--json', '--only', 'versions'] });
    expect(JSON.parse(output)).toMatchObject({
      endpoint: lrs.url,
      passed: true,
      checks: [{ name: 'tls' }, { name: 'reachability' }, { name: 'versions' }],
    });
    expect(code).toBe(0);
  });

  it('never prints a secret, even one that it is sent back', async () => {
    const { output, errors } = await through(
      {
        request: (request) => {
          const { authorization } = request.headers;
          if (authorization === undefined) return request;
          const padding = '.'.repeat(100);
          const body = Buffer.from(`${authorization} ${lrs.secret} ${padding}${padding}${lrs.secret}`);
          return { status: 400, headers: { 'content-type': 'text/plain' }, body };
        },
      },
      { parameters: ['--only', 'versions'] },
    );
    expect(output).toContain('Basic [secret] [secret]');
    expect(output + errors).not.toContain(lrs.secret);
  });

  it.each([
    [['--help'], 'LRS_SMOKE_SECRET'],
    [['--list'], 'header-names'],
  ])('%s tells how to use it', async (parameters, text) => {
    const { code, output } = await run({ parameters, variables: { LRS_SMOKE_SECRET: '' } });
    expect(output).toContain(text);
    expect(code).toBe(0);
  });

  it('ends with 2 when the options are wrong', async () => {
    const { code, output, errors } = await run({ parameters: ['--only', 'everything'] });
    expect([code, output]).toEqual([2, '']);
    expect(errors).toMatch(/^There is no check everything[^]*\nUsage: /u);
  });

  it('cleans up on Ctrl-C, and ends with 1', async () => {
    const { code, output, errors } = await through(
      {
        request: async (request) => {
          if (request.target.includes('fresh-answers')) await new Promise((resolve) => setTimeout(resolve, 500));
          return request;
        },
      },
      { interruptedAt: '✓ concurrency' },
    );
    expect(output).toMatch(
      /✓ concurrency.*\n✓ clean-up [^]*– not run, because it was interrupted: fresh-answers, [^]* timing\n/u,
    );
    expect(errors).toContain('Stopping');
    expect(code).toBe(1);
  });
});

describe('npm run smoke against https', () => {
  let folder: string;
  let proxy: Proxy;
  let authority: string;
  let seen: string[];

  async function serve(expires?: string): Promise<void> {
    const identity = aServerIdentity('localhost', expires);
    folder = await mkdtemp(join(tmpdir(), 'lrs-test-'));
    authority = join(folder, 'authority.pem');
    await writeFile(authority, identity.cert);
    seen = [];
    proxy = await startProxy({
      upstream: lrs.url,
      tls: identity,
      interference: {
        request: (request) => {
          seen.push(request.target);
          return request;
        },
      },
    });
  }

  async function runTrusting(parameters: readonly string[], file = authority): Promise<Ended> {
    const ended = await run({ parameters, variables: { LRS_SMOKE_ENDPOINT: proxy.url, NODE_EXTRA_CA_CERTS: file } });
    await proxy.stop();
    await rm(folder, { recursive: true });
    return ended;
  }

  it('looks at the certificate and runs all other checks over TLS', async () => {
    await serve();
    const { code, output } = await runTrusting([]);
    expect(output).toMatch(
      /✓ tls \(.*\)\n {4}TLSv1\.3, http\/1\.1, certificate valid for \d{4} days\n– plain-http skipped/u,
    );
    expect(output).toMatch(/: \d+ passed, 0 failed, 2 skipped/u);
    expect(code).toBe(0);
  });

  it('sends nothing to a server whose certificate is not trusted', async () => {
    await serve();
    const { code, output } = await runTrusting([], '');
    expect(output).toMatch(
      /✗ tls[^]*received {2}self-signed certificate[^]*– not run, because tls failed: plain-http, reachability/u,
    );
    expect([code, seen]).toEqual([1, []]);
  });

  it('warns of a certificate that is about to expire', async () => {
    const soon = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await serve(`${soon.replaceAll(/[-:T]/gu, '').slice(2, 14)}Z`);
    const { code, output } = await runTrusting(['--only', 'tls']);
    expect(output).toMatch(/received {2}[45] days/u);
    expect(code).toBe(1);
  });
});

async function through(interference: Interference, command: Command): Promise<Ended> {
  const proxy = await startProxy({ upstream: lrs.url, interference });
  try {
    return await run({ ...command, variables: { LRS_SMOKE_ENDPOINT: proxy.url } });
  } finally {
    await proxy.stop();
  }
}
