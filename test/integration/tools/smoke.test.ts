import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startDynamoDb } from '#local/dynamodb-engine.ts';
import { LOCAL_TABLES } from '#local/function-variables.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';
import { aCredential } from '#test/support/credentials.ts';
import { engineClient } from '#test/support/engine.ts';
import { httpClient, pageIn } from '#test/support/http-client.ts';
import { startLrs } from '#test/support/lrs.ts';
import type { RunningLrs } from '#test/support/lrs.ts';
import { startProxy } from '#test/support/proxy.ts';
import type { Interference } from '#test/support/proxy.ts';
import { CHECKS } from '#tools/smoke/checks.ts';
import { PACE } from '#tools/smoke/pace.ts';
import { summary } from '#tools/smoke/report.ts';
import type { SmokeResult } from '#tools/smoke/report.ts';
import type { CheckResult } from '#tools/smoke/run-checks.ts';
import { SMOKE_IRI } from '#tools/smoke/smoke-data.ts';
import { smoke } from '#tools/smoke/smoke.ts';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import { HARMLESS, HOSTILITIES, type Hostility } from './hostilities.ts';

const LIMITED = { key: 'limited', secret: 'secret-of-limited' };
const HASTE = { ...PACE, credentialMemory: 50, visibility: 3_000, poll: 50 };
const ALL = [...CHECKS.map(({ name }) => name), 'clean-up'];
/** They look at TLS, which the local server has not. */
const FOR_TLS = ['tls', 'plain-http'];
/** Half of the time of a run; left out where a proxy does nothing to what they look at. */
const SLOW = ['large-bodies', 'oversized-bodies', 'timing'];

let lrs: RunningLrs;

interface SmokeTest {
  readonly url?: string;
  readonly access?: { readonly key: string; readonly secret: string };
  readonly limited?: boolean;
  readonly only?: readonly string[];
  readonly visibility?: number;
}

function smokeTest({
  url = lrs.url,
  access = lrs,
  limited = false,
  only = [],
  visibility = HASTE.visibility,
}: SmokeTest = {}): Promise<SmokeResult> {
  const endpoint = new URL(url);
  const options = { endpoint, access, limited: limited ? LIMITED : undefined, only };
  const interrupted = new AbortController().signal;
  return smoke(options, { interrupted, report: () => {}, pace: { ...HASTE, visibility } });
}

async function smokeTestThrough(interference: Interference, options: SmokeTest = {}): Promise<SmokeResult> {
  const proxy = await startProxy({ upstream: lrs.url, interference });
  try {
    return await smokeTest({ ...options, url: proxy.url });
  } finally {
    await proxy.stop();
  }
}

function namesOf({ checks }: SmokeResult, outcome: CheckResult['outcome']): readonly string[] {
  return checks.filter((check) => check.outcome === outcome).map(({ name }) => name);
}

function notesOf({ checks }: SmokeResult, name: string): readonly string[] {
  return checks.find((check) => check.name === name)?.notes ?? [];
}

beforeAll(async () => {
  lrs = await startLrs();
  await lrs.terminate();
  const engine = await startDynamoDb({ file: join(lrs.dataFolder, 'dynamodb.sqlite') });
  const client = engineClient(engine.endpoint);
  const credential = aCredential({ ...LIMITED, scopes: ['statements/read'] });
  await storeCredentials({ client, names: LOCAL_TABLES }, credential);
  await engine.stop();
  await lrs.restart();
});

afterAll(async () => {
  await lrs.stop();
});

describe('the smoke suite against the local server', { timeout: 60_000 }, () => {
  it('passes, every check that needs no TLS having run', async () => {
    const result = await smokeTest({ limited: true });
    expect(summary(result)).toMatch(/: \d+ passed, 0 failed, 2 skipped \(\d+ requests, [\d.]+ s\)$/u);
    expect(result.passed).toBe(true);
    expect(namesOf(result, 'skipped')).toEqual(FOR_TLS);
    expect(namesOf(result, 'passed')).toEqual(ALL.filter((name) => !FOR_TLS.includes(name)));
  });

  it('passes behind what changes nothing that clients need', async () => {
    const result = await smokeTestThrough(HARMLESS, { limited: true });
    expect(namesOf(result, 'failed')).toEqual([]);
    expect(result.passed).toBe(true);
  });

  it('passes where the header is behind the present, as it is deployed, and under another path', async () => {
    const deployed = await startLrs({
      DYNAMODB_ENDPOINT: inject('dynamoDbEndpoint'),
      LRS_COMMIT_BOUND_MS: '4000',
      LRS_INDEX_LAG_MS: '500',
      LRS_BASE_PATH: '/learning/records',
    });
    try {
      const result = await smokeTest({ url: deployed.url, access: deployed, visibility: 8_000 });
      expect(namesOf(result, 'failed')).toEqual([]);
      expect(notesOf(result, 'consistency')).toContainEqual(
        expect.stringMatching(/is [4-7]\.\d s behind the present$/u),
      );
    } finally {
      await deployed.stop();
    }
  });

  it('deletes its documents and voids its statements', async () => {
    const { run } = await smokeTest();
    const client = httpClient(lrs);
    const agent = JSON.stringify({ account: { homePage: SMOKE_IRI, name: run } });
    const state = await client.getJson('/activities/state', { agent, activityId: `${SMOKE_IRI}/${run}/documents` });
    expect(state.text).toBe('[]');
    const left = pageIn(await client.getJson('/statements', { agent })).statements;
    expect(left.length).toBeGreaterThan(10);
    expect(left).toEqual(left.map(() => expect.objectContaining({ verb: { id: VOIDING_VERB } })));
    client.close();
  });

  it('tries a credential that is refused once more, and then runs nothing else', async () => {
    const result = await smokeTest({ access: { key: lrs.key, secret: 'wrong' } });
    expect(namesOf(result, 'failed')).toEqual(['reachability']);
    expect(namesOf(result, 'passed')).toEqual([]);
    expect(notesOf(result, 'reachability')).toEqual([expect.stringContaining('asked again')]);
    expect(notesOf(result, 'timing')).toEqual(['reachability failed']);
    expect(result.passed).toBe(false);
  });

  it('sends no credential without TLS, unless to loopback', async () => {
    const result = await smokeTest({ url: 'http://lrs.invalid/xapi' });
    expect(namesOf(result, 'failed')).toEqual(['tls']);
    expect(result.requests).toBe(0);
  });

  it.each(CHECKS.map(({ name }) => name))('sends no credential without TLS with --only %s', async (name) => {
    const seen: unknown[] = [];
    const server = createServer((message, response) => {
      seen.push(message.headers);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    // An address that arrives here, and is none of those that are known as loopback.
    const result = await smokeTest({ url: `http://[::ffff:127.0.0.1]:${port}/xapi`, only: [name] });
    server.close();
    server.closeAllConnections();
    expect([seen, result.requests]).toEqual([[], 0]);
    expect(namesOf(result, 'failed')).toEqual(['tls']);
    expect(result.passed).toBe(false);
  });

  it('runs what is essential, with what was chosen after it', async () => {
    const { checks } = await smokeTest({ only: ['preconditions'] });
    const outcomes = checks.map(({ name, outcome }) => `${name} ${outcome}`);
    expect(outcomes).toEqual(['tls skipped', 'reachability passed', 'preconditions passed', 'clean-up passed']);
  });
});

function isSlow({ fails }: Hostility): boolean {
  return fails.some((name) => SLOW.includes(name));
}

async function expectFailure({ interfere, fails, says, limited = false }: Hostility, only: readonly string[]) {
  const result = await smokeTestThrough(interfere(), { limited, only });
  expect(namesOf(result, 'failed')).toEqual(fails);
  expect(summary(result)).toMatch(says);
  const own = result.checks.flatMap(({ findings }) => findings.flatMap(({ meaning, advice }) => [meaning, advice]));
  expect(own.filter((text) => text.endsWith('…'))).toEqual([]);
  expect(result.passed).toBe(false);
}

describe('the smoke suite against an LRS behind a proxy', { timeout: 60_000 }, () => {
  // Most of their time they wait.
  it.concurrent.each(HOSTILITIES.filter((hostility) => !isSlow(hostility)))(
    'that $what fails where it should',
    async (hostility) => {
      await expectFailure(
        hostility,
        ALL.filter((name) => !SLOW.includes(name)),
      );
    },
  );

  it.each(HOSTILITIES.filter(isSlow))('that $what fails where it should', async (hostility) => {
    await expectFailure(hostility, []);
  });

  it('can fail in every check', () => {
    const failing = new Set(HOSTILITIES.flatMap(({ fails }) => fails));
    expect(ALL.filter((name) => !failing.has(name))).toEqual(FOR_TLS);
  });
});
