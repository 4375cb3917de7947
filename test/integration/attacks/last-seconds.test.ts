import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { FAILURES_PER_MINUTE } from '#http/auth/failure-budget.ts';
import { type AdminFunction, startAdmin } from '#test/support/admin-function.ts';
import { aCredential } from '#test/support/credentials.ts';
import { type RunningLrs, startLrs } from '#test/support/lrs.ts';
import { basic } from '#test/support/gateway-events.ts';

const BOSS = { key: 'boss', scopes: ['all', 'admin'] } as const;

const START = Date.UTC(2030, 0, 1);

/** What becomes of a credential. */
type End = readonly [string, Partial<Credential>];

const ENDS: readonly End[] = [
  ['is disabled', { disabled: true }],
  ['has expired', { expires: START }],
  ['has another secret', { secrets: aCredential({ secret: 'new' }).secrets }],
];

const MOVED: End = ['is of another store', { store: 'acme' }];

const statusOf = async (admin: AdminFunction, method: string, path: string, body?: object): Promise<number> =>
  (await admin.send(method, path, { as: 'boss', ...(body && { body }) })).status;

/** The management API, by which the administrator `boss` was let in just before it was changed. */
async function afterChange(
  changes: Partial<Credential>,
): Promise<AdminFunction & { pass(milliseconds: number): void }> {
  let now = START - 1;
  const admin = await startAdmin({ now: () => now });
  await admin.store(aCredential(BOSS));
  expect(await statusOf(admin, 'GET', '/whoami')).toBe(200);
  await admin.store(aCredential({ ...BOSS, ...changes }));
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  pass(1);
  return { ...admin, pass };
}

describe('the last seconds of an administrator', () => {
  it.each([...ENDS, MOVED])('are enough for no token when it %s', async (_, changes) => {
    const admin = await afterChange(changes);
    expect(await statusOf(admin, 'POST', '/tokens', { minutes: 1_440 })).toBe(401);
  });

  it.each(ENDS)('are two when it %s', async (_, changes) => {
    const admin = await afterChange(changes);
    admin.pass(1_999);
    expect(await statusOf(admin, 'POST', '/credentials', { scopes: ['all', 'admin'] })).toBe(401);
  });

  it('are two for its tokens as well', async () => {
    let now = START;
    const admin = await startAdmin({ now: () => now });
    await admin.store(aCredential(BOSS));
    const { token } = (await admin.send('POST', '/tokens', { as: 'boss', body: {} })).body;
    const headers = { authorization: `Bearer ${token}` };
    expect((await admin.send('GET', '/whoami', { headers })).status).toBe(200);
    await admin.store(aCredential({ ...BOSS, disabled: true }));
    now += 2_000;
    expect((await admin.send('GET', '/whoami', { headers })).status).toBe(401);
  });

  it('are no more where too many attempts have failed, and those of others go on', async () => {
    const admin = await afterChange({ disabled: true });
    expect((await admin.send('GET', '/whoami')).status).toBe(200);
    for (let count = 0; count < FAILURES_PER_MINUTE; count += 1) await admin.send('GET', '/whoami', { as: 'nobody' });
    admin.pass(2_000);
    expect(await statusOf(admin, 'GET', '/whoami')).toBe(429);
    expect((await admin.send('GET', '/whoami')).status).toBe(200);
    admin.pass(2_000);
    expect((await admin.send('GET', '/whoami')).status).toBe(200);
  });
});

describe('the last seconds of a secret in a whole LRS', () => {
  let lrs: RunningLrs;
  beforeAll(async () => {
    lrs = await startLrs();
  });
  afterAll(() => lrs.stop());

  const whoami = (authorization: string): Promise<Response> =>
    fetch(new URL('/admin/v1/whoami', lrs.url), { headers: { authorization } });

  const post = (path: string, authorization: string, body: object): Promise<Response> =>
    fetch(new URL(path, lrs.url), {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const askToken = (authorization: string): Promise<Response> => {
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    return fetch(new URL('/oauth/token', lrs.url), { method: 'POST', headers: { authorization }, body });
  };

  it('give no token, and manage nothing two seconds later', async () => {
    const made: unknown = await (await post('/admin/v1/credentials', lrs.authorization, { scopes: ['admin'] })).json();
    const { key, secret } = Object(made);
    const old = basic(String(key), String(secret));
    expect((await whoami(old)).status).toBe(200);
    expect((await askToken(old)).status).toBe(200);
    const rotate = `/admin/v1/credentials/${String(key)}/rotate`;
    expect((await post(rotate, lrs.authorization, { overlapMinutes: 0 })).status).toBe(200);
    expect((await post('/admin/v1/tokens', old, { scopes: ['state'] })).status).toBe(401);
    expect((await askToken(old)).status).toBe(401);
    await sleep(2_100);
    expect((await whoami(old)).status).toBe(401);
  });
});
