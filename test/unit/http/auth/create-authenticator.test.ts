import { describe, expect, it } from 'vitest';
import { type AuthenticatorDeps, FAILURE_FLOOR } from '#http/auth/create-authenticator.ts';
import { FailureBudget, FAILURES_PER_MINUTE } from '#http/auth/failure-budget.ts';
import { readEvent } from '#http/gateway/read-event.ts';
import { anAuthenticator } from '#test/support/authenticators.ts';
import { anEvent, basic } from '#test/support/gateway-events.ts';

/** How long an attempt has slept after a lookup of so many milliseconds. */
async function slept(lookup: number, secret: string): Promise<readonly number[]> {
  let time = 1_000;
  const naps: number[] = [];
  const caches: AuthenticatorDeps['caches'] = {
    credentials: {
      get: () => {
        time += lookup;
        return Promise.resolve(undefined);
      },
      getDoubted: () => Promise.resolve(undefined),
      isInUse: () => false,
    },
    issuers: {
      get: () => Promise.resolve(undefined),
      getDoubted: () => Promise.resolve(undefined),
      isInUse: () => false,
    },
    issuerKeys: {
      current: () => Promise.reject(new Error('none')),
      newer: () => Promise.resolve(undefined),
      peek: () => undefined,
    },
  };
  const sleep = (milliseconds: number): Promise<void> => Promise.resolve(void naps.push(milliseconds));
  const known = secret === 'secret';
  const authenticator = anAuthenticator({ now: () => time, sleep, ...(!known && { caches }) });
  const request = readEvent(anEvent({ headers: { authorization: basic('key', secret) } }), time);
  await authenticator.authenticate(request).catch(() => undefined);
  return naps;
}

describe('a failed attempt', () => {
  it('takes its time from when it began, whatever the lookup took', async () => {
    expect(await slept(0, 'wrong')).toEqual([FAILURE_FLOOR]);
    expect(await slept(15, 'wrong')).toEqual([FAILURE_FLOOR - 15]);
    expect(await slept(100, 'wrong')).toEqual([]);
  });

  it('sleeps no longer than that when the clock is set back', async () => {
    expect(await slept(-100_000, 'wrong')).toEqual([FAILURE_FLOOR]);
  });

  it('is the only one that sleeps', async () => {
    expect(await slept(0, 'secret')).toEqual([]);
  });
});

describe('the budget of failures', () => {
  it('is for a minute, which begins with the first', () => {
    let time = 0;
    const budget = new FailureBudget(() => time);
    budget.spend('a');
    time = 50_000;
    for (let n = 1; n < FAILURES_PER_MINUTE; n += 1) {
      expect(budget.wait('a')).toBeUndefined();
      budget.spend('a');
    }
    expect(budget.wait('a')).toBe(10);
    expect(budget.wait('b')).toBeUndefined();
    time = 59_999;
    expect(budget.wait('a')).toBe(1);
    time = 60_000;
    expect(budget.wait('a')).toBeUndefined();
    budget.spend('a');
    expect(budget.wait('a')).toBeUndefined();
  });
});
