import { describe, expect, it } from 'vitest';
import { NoAnswer } from '#tools/smoke/answer.ts';
import type { Check } from '#tools/smoke/check.ts';
import type { Client } from '#tools/smoke/client.ts';
import { createLegible } from '#tools/smoke/legible.ts';
import { PACE } from '#tools/smoke/pace.ts';
import { EndlessAnswer } from '#tools/smoke/received-bytes.ts';
import { runChecks } from '#tools/smoke/run-checks.ts';
import type { CheckResult, Context } from '#tools/smoke/run-checks.ts';
import { smokeData } from '#tools/smoke/smoke-data.ts';

const FINDING = { expected: 'a', received: 'b', meaning: 'c', advice: 'd' };

function aCheck(run: Check['run'], overrides: Partial<Check> = {}): Check {
  return { name: 'a-check', proves: 'Something.', run, ...overrides };
}

function contextWith(send: Client['send']): Context {
  return {
    endpoint: new URL('https://lrs.test/xapi'),
    access: { key: 'k', secret: 's' },
    limited: undefined,
    data: smokeData('run'),
    pace: PACE,
    client: { send, count: () => 0, close: () => {} },
    legible: createLegible((text) => text.replaceAll('hidden', '[secret]')),
    firstCalls: new Map(),
  };
}

const OK: Client['send'] = () =>
  Promise.resolve({
    request: 'GET /about',
    status: 200,
    headers: {},
    body: Buffer.alloc(0),
    excerpt: () => '',
    milliseconds: 7,
  });

const BAD_GATEWAY: Client['send'] = async (...sent) => ({ ...(await OK(...sent)), status: 502 });

const HANGS_UP: Client['send'] = () => Promise.reject(new NoAnswer('GET /about', 'socket hang up'));

interface Run {
  readonly send?: Client['send'];
  readonly signal?: AbortSignal;
}

function run(
  checks: readonly Check[],
  { send = OK, signal = new AbortController().signal }: Run = {},
): Promise<readonly CheckResult[]> {
  return runChecks(checks, contextWith(send), signal, () => {});
}

describe('a check', () => {
  it('passes when it finds nothing wrong, and may tell what it saw', async () => {
    const [result] = await run([aCheck(async ({ note }) => note('seen'))]);
    expect(result).toMatchObject({ outcome: 'passed', notes: ['seen'], findings: [] });
  });

  it('fails with all that it finds, up to ten', async () => {
    const [result] = await run([
      aCheck(async ({ verify }) => {
        for (let count = 0; count < 30; count += 1) verify(false, FINDING);
      }),
    ]);
    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result?.findings).toEqual(Array.from({ length: 10 }, () => FINDING));
  });

  it('fails by any 5xx', async () => {
    const [result] = await run([aCheck(async ({ send }) => void (await send({ path: '/about' })))], {
      send: BAD_GATEWAY,
    });
    expect(result?.findings).toMatchObject([{ received: expect.stringContaining('502') }]);
  });

  it('fails when there is no answer', async () => {
    const [result] = await run([aCheck(async ({ send }) => void (await send({ path: '/about' })))], { send: HANGS_UP });
    expect(result?.findings).toMatchObject([{ received: 'GET /about: socket hang up' }]);
  });

  it('sends who reaches nobody to the address, and who gets no answer to the log', async () => {
    const reasons = ['connect ECONNREFUSED 127.0.0.1:1', 'getaddrinfo ENOTFOUND lrs.example', 'socket hang up'];
    const results = await run(
      reasons.map((reason) => aCheck(() => Promise.reject(new NoAnswer('GET /about', reason)))),
    );
    expect(results.map(({ findings: [finding] }) => finding?.advice)).toEqual([
      expect.stringContaining('host and port'),
      expect.stringContaining('host and port'),
      expect.stringContaining('the log of the gateway'),
    ]);
  });

  it('fails when an answer has no end', async () => {
    const [result] = await run([aCheck(async ({ send }) => void (await send({ path: '/about' })))], {
      send: () => Promise.reject(new EndlessAnswer('GET /about')),
    });
    expect(result?.findings).toMatchObject([{ received: expect.stringMatching(/^GET \/about: .* more than 16 MB/u) }]);
  });

  it('tells of what it gets in lines that are fit to be printed', async () => {
    const text = `\u001B[2Jhidden${'a'.repeat(8_000)}`;
    const printed = expect.stringMatching(/^ \[2J\[secret\]a{287}…$/u);
    const [result, other] = await run([
      aCheck(async ({ note, verify }) => {
        note(text);
        verify(false, { expected: text, received: text, meaning: text, advice: 'd' });
      }),
      aCheck(() => Promise.reject(new NoAnswer('GET /about', text))),
    ]);
    expect(result).toMatchObject({
      notes: [printed],
      findings: [{ expected: printed, received: printed, meaning: printed, advice: 'd' }],
    });
    expect(other?.findings).toMatchObject([{ received: expect.stringMatching(/^GET \/about: \[2J\[secret\]a+…$/u) }]);
  });

  it('fails when it cannot read what it gets', async () => {
    const [result] = await run([aCheck(() => Promise.reject(new TypeError('no such thing')))]);
    expect(result?.findings).toMatchObject([{ received: 'TypeError: no such thing' }]);
  });

  it('is skipped where it does not apply', async () => {
    const skipped = aCheck(() => Promise.reject(new Error('not to be run')), { skips: () => 'no TLS' });
    expect(await run([skipped])).toMatchObject([{ outcome: 'skipped', notes: ['no TLS'] }]);
  });
});

describe('a run of checks', () => {
  const fails = aCheck(async ({ verify }) => void verify(false, FINDING));
  const passes = aCheck(async () => {}, { name: 'passes' });

  it('goes on after a failure', async () => {
    expect(await run([fails, passes])).toMatchObject([{ outcome: 'failed' }, { outcome: 'passed' }]);
  });

  it('ends with the failure of an essential check', async () => {
    const results = await run([{ ...fails, essential: true }, passes]);
    expect(results).toMatchObject([{ outcome: 'failed' }, { outcome: 'not run', notes: ['a-check failed'] }]);
  });

  it('ends in the middle of a check when it is told to', async () => {
    const controller = new AbortController();
    const waits = aCheck(async ({ sleep }) => {
      controller.abort('it was interrupted');
      await sleep(60_000);
    });
    const results = await run([waits, passes], { signal: controller.signal });
    const notRun = { outcome: 'not run', notes: ['it was interrupted'] };
    expect(results).toMatchObject([notRun, notRun]);
  });
});
