import { describe, expect, it } from 'vitest';
import type { Principal } from '#access/principal.ts';
import { DEFAULT_REQUEST_LIMITS, type RequestLimits } from '#access/request-limits.ts';
import { CountingRequestGate } from '#http/usage/counting-request-gate.ts';
import { createLogger } from '#runtime/logger.ts';
import type { UsageCounter } from '#storage/usage-counter.ts';
import { XapiError } from '#xapi/errors.ts';
import { aCredential } from '#test/support/credentials.ts';
import { countInMemory } from '#test/support/usage-counters.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');

const silent = createLogger('error', () => undefined, Date.now);

function aPrincipal(requestLimits: RequestLimits, key = 'key'): Principal {
  const { store, scopes, authority, linkSecret } = aCredential({ key });
  return { kind: 'credential', key, store, scopes, authority, linkSecret, requestLimits };
}

/** A token of the same credential that is limited to a launch. */
function aToken(requestLimits: RequestLimits, tokenId: string): Principal {
  return { ...aPrincipal(requestLimits), kind: 'token', tokenId, limits: { actor: 'mbox|mailto:a@example.com' } };
}

interface Clock {
  time: number;
}

/** A process at noon, or what else the clock says. */
function aGate(clock: Clock = { time: NOON }, usage: UsageCounter = countInMemory()): CountingRequestGate {
  return new CountingRequestGate({ usage, logger: silent, now: () => clock.time });
}

/** @returns why the request was refused, undefined if it was not */
async function send(gate: CountingRequestGate, principal: Principal): Promise<XapiError | undefined> {
  try {
    gate.admit(principal);
    await gate.settled();
    return undefined;
  } catch (error) {
    if (error instanceof XapiError) return error;
    throw error;
  }
}

async function sendMany(gate: CountingRequestGate, principal: Principal, count: number): Promise<number> {
  let admitted = 0;
  for (let sent = 0; sent < count; sent += 1) if ((await send(gate, principal)) === undefined) admitted += 1;
  return admitted;
}

describe('the request gate', () => {
  it('lets through twice the rate at once, and refuses the next until there is a token', async () => {
    const gate = aGate();
    const principal = aPrincipal({ perSecond: 2, perDay: 1_000 });
    expect(await sendMany(gate, principal, 4)).toBe(4);
    const refusal = await send(gate, principal);
    expect(refusal).toMatchObject({ code: 'too-many-requests', retryAfter: 1 });
    expect(refusal?.message).toContain('2 requests a second');
  });

  it('refuses beyond the quota until the day is over', async () => {
    const clock = { time: NOON };
    const gate = aGate(clock);
    const principal = aPrincipal({ perSecond: 1_000, perDay: 5 });
    expect(await sendMany(gate, principal, 10)).toBe(5);
    const refusal = await send(gate, principal);
    expect(refusal).toMatchObject({ code: 'too-many-requests', retryAfter: 12 * 3_600 });
    expect(refusal?.message).toContain('5 requests a day');
    clock.time += 12 * 3_600_000 - 1;
    expect(await send(gate, principal)).toMatchObject({ retryAfter: 1 });
    clock.time += 1;
    expect(await sendMany(gate, principal, 10)).toBe(5);
  });

  it('knows with its first count what other processes have let through', async () => {
    const usage = countInMemory();
    const principal = aPrincipal({ perSecond: 1_000, perDay: 5 });
    await sendMany(aGate(undefined, usage), principal, 5);
    expect(await sendMany(aGate(undefined, usage), principal, 5)).toBe(1);
  });

  it('lets several processes exceed a quota by a thousandth each at the most', async () => {
    const usage = countInMemory();
    const principal = aPrincipal({ perSecond: 1_000_000, perDay: 20_000 });
    const gates = [aGate(undefined, usage), aGate(undefined, usage), aGate(undefined, usage)];
    const admitted = await Promise.all(gates.map((gate) => sendMany(gate, principal, 10_000)));
    const sum = admitted.reduce((one, other) => one + other);
    expect(sum).toBeGreaterThanOrEqual(20_000);
    expect(sum).toBeLessThanOrEqual(20_000 * 1.003);
  });

  it('follows limits that are changed', async () => {
    const gate = aGate();
    expect(await sendMany(gate, aPrincipal({ perSecond: 1, perDay: 100 }), 5)).toBe(2);
    expect(await send(gate, aPrincipal({ perSecond: 1, perDay: 1 }))).toMatchObject({ retryAfter: 12 * 3_600 });
  });

  it('keeps principals apart', async () => {
    const gate = aGate();
    const limits = { perSecond: 1, perDay: 100 };
    await sendMany(gate, aPrincipal(limits, 'one'), 5);
    expect(await sendMany(gate, aPrincipal(limits, 'other'), 5)).toBe(2);
  });

  it('writes the first request, and then every hundred together', async () => {
    let lots: readonly number[] = [];
    const usage = countInMemory();
    const gate = aGate(undefined, {
      add: (subject, requests) => {
        lots = [...lots, requests];
        return usage.add(subject, requests);
      },
    });
    await sendMany(gate, aPrincipal(DEFAULT_REQUEST_LIMITS), 201);
    expect(lots).toEqual([1, 100, 100]);
  });

  it('goes on when counts cannot be written, and writes them later', async () => {
    const written: number[] = [];
    let fails = true;
    const clock = { time: NOON };
    const gate = aGate(clock, {
      add: (_, requests) => {
        if (fails) return Promise.reject(new Error('no connection'));
        written.push(requests);
        return Promise.resolve(requests);
      },
    });
    const principal = aPrincipal(DEFAULT_REQUEST_LIMITS);
    expect(await sendMany(gate, principal, 10)).toBe(10);
    fails = false;
    clock.time += 60_000;
    await send(gate, principal);
    expect(written).toEqual([11]);
  });

  it('tells the log of counts that cannot be written once a second at most, and tries again after some seconds', async () => {
    const clock = { time: NOON };
    const lines: string[] = [];
    let tries = 0;
    const usage: UsageCounter = {
      add: () => {
        tries += 1;
        return Promise.reject(new Error('no connection'));
      },
    };
    const logger = createLogger('info', (line) => lines.push(line), Date.now);
    const gate = new CountingRequestGate({ usage, logger, now: () => clock.time });
    for (let key = 0; key < 50; key += 1) await send(gate, aPrincipal(DEFAULT_REQUEST_LIMITS, `key-${key}`));
    expect([tries, lines.length]).toEqual([1, 1]);
    clock.time += 5_000;
    await send(gate, aPrincipal(DEFAULT_REQUEST_LIMITS, 'another'));
    expect([tries, lines.length]).toEqual([2, 2]);
  });

  it('keeps one request waiting for counts that are not written, not the next', async () => {
    const gate = aGate(undefined, { add: () => new Promise(() => undefined) });
    const begun = performance.now();
    for (let key = 0; key < 20; key += 1) {
      gate.admit(aPrincipal(DEFAULT_REQUEST_LIMITS, `key-${key}`));
      await gate.settled();
    }
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('does not count what lay for days', async () => {
    const clock = { time: NOON };
    const days: string[] = [];
    const usage: UsageCounter = {
      add: ({ day }, requests) => {
        days.push(day);
        return Promise.resolve(requests);
      },
    };
    const gate = aGate(clock, usage);
    await sendMany(gate, aPrincipal(DEFAULT_REQUEST_LIMITS), 2);
    clock.time += 3 * 86_400_000;
    await send(gate, aPrincipal(DEFAULT_REQUEST_LIMITS));
    expect(days).toEqual(['2026-03-01', '2026-03-04']);
  });

  it('waits a quarter of a second at most for a count that is not written', async () => {
    const gate = aGate(undefined, { add: () => new Promise(() => undefined) });
    gate.admit(aPrincipal(DEFAULT_REQUEST_LIMITS));
    const begun = performance.now();
    await gate.settled();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('a token for one launch', () => {
  it('takes what content sends when it is closed, and leaves the rest to others', async () => {
    const gate = aGate();
    expect(await sendMany(gate, aToken(DEFAULT_REQUEST_LIMITS, 'one'), 1_000)).toBe(50);
    const refusal = await send(gate, aToken(DEFAULT_REQUEST_LIMITS, 'one'));
    expect(refusal).toMatchObject({ code: 'too-many-requests', retryAfter: 1 });
    expect(refusal?.message).toContain('The token may send 25 requests a second');
    expect(await sendMany(gate, aToken(DEFAULT_REQUEST_LIMITS, 'other'), 40)).toBe(40);
    expect(await sendMany(gate, aPrincipal(DEFAULT_REQUEST_LIMITS), 1_000)).toBe(1_000);
  });

  it('does not use up the day of its credential', async () => {
    const clock = { time: NOON };
    const gate = aGate(clock);
    const limits = { perSecond: 1_000, perDay: 1_000 };
    let admitted = 0;
    for (let second = 0; second < 60; second += 1) {
      admitted += await sendMany(gate, aToken(limits, 'one'), 100);
      clock.time += 1_000;
    }
    expect(admitted).toBe(250);
    expect(await send(gate, aToken(limits, 'one'))).toMatchObject({ retryAfter: 12 * 3_600 - 60 });
    expect(await send(gate, aPrincipal(limits))).toBeUndefined();
  });

  it('counts for its credential, too', async () => {
    const usage = countInMemory();
    const gate = aGate(undefined, usage);
    const limits = { perSecond: 100, perDay: 40 };
    for (const id of ['one', 'two', 'three', 'four']) expect(await sendMany(gate, aToken(limits, id), 50)).toBe(10);
    expect(await send(gate, aToken(limits, 'five'))).toMatchObject({ code: 'too-many-requests' });
    expect((await send(gate, aPrincipal(limits)))?.message).toContain('The credential may send 40 requests a day');
  });

  it('has what its credential has when it is not limited', async () => {
    const { limits: _, ...unlimited } = aToken(DEFAULT_REQUEST_LIMITS, 'one');
    expect(await sendMany(aGate(), unlimited, 1_000)).toBe(1_000);
  });
});

/** Requests a second that processes let through together, in each second. */
async function simulate(
  demands: readonly number[],
  limits: RequestLimits,
  seconds: number,
): Promise<readonly number[]> {
  const clock = { time: NOON };
  const usage = countInMemory();
  const principal = aPrincipal(limits);
  const gates = demands.map(() => aGate(clock, usage));
  const steps = 100;
  const perSecond: number[] = [];
  const owed = demands.map((_, index) => index / demands.length);
  for (let second = 0; second < seconds; second += 1) {
    let admitted = 0;
    for (let step = 0; step < steps; step += 1) {
      clock.time += 1_000 / steps;
      for (const [index, gate] of gates.entries()) {
        owed[index] = (owed[index] ?? 0) + (demands[index] ?? 0) / steps;
        const whole = Math.floor(owed[index] ?? 0);
        owed[index] = (owed[index] ?? 0) - whole;
        admitted += await sendMany(gate, principal, whole);
      }
    }
    perSecond.push(admitted);
  }
  return perSecond;
}

function mean(values: readonly number[]): number {
  return values.reduce((one, other) => one + other, 0) / values.length;
}

describe('the rate of several processes together', () => {
  const limits = { perSecond: 100, perDay: 20_000_000 };

  it('refuses nothing while it is within the limit', async () => {
    const admitted = await simulate([40, 20, 15, 5], limits, 60);
    expect(mean(admitted)).toBeGreaterThan(79);
  });

  it('refuses nothing when the traffic moves from one process to another', async () => {
    const admitted = await simulate([0.5, 80], limits, 60);
    expect(mean(admitted)).toBeGreaterThan(80);
  });

  it('is told what to do by what the others do now, not by what they did', async () => {
    const clock = { time: NOON };
    const usage = countInMemory();
    const principal = aPrincipal({ perSecond: 5, perDay: 20_000_000 });
    const [busy, other] = [aGate(clock, usage), aGate(clock, usage)];
    await send(other, principal);
    for (let step = 0; step < 650; step += 1) {
      clock.time += 100;
      await send(busy, principal);
    }
    const answers: (XapiError | undefined)[] = [];
    for (let second = 0; second < 30; second += 1) {
      clock.time += 1_000;
      answers.push(await send(other, principal));
    }
    expect(answers).toEqual(answers.map(() => undefined));
  });

  it('asks nobody to wait for longer than ten seconds', async () => {
    const clock = { time: NOON };
    let total = 0;
    const usage: UsageCounter = { add: () => Promise.resolve((total += 100_000)) };
    const gate = aGate(clock, usage);
    const waits: number[] = [];
    for (let step = 0; step < 100; step += 1) {
      clock.time += 100;
      waits.push((await send(gate, aPrincipal({ perSecond: 1, perDay: 1_000_000_000 })))?.retryAfter ?? 0);
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(10);
    expect(waits.filter((wait) => wait === 0).length).toBeGreaterThan(9);
  });

  it.each([
    ['equal', [60, 60, 60, 60, 60]],
    ['different', [200, 100, 30, 10]],
  ])(
    'comes near the limit within half a minute, of %s processes that ask for three times as much',
    async (_, demands) => {
      const admitted = (await simulate(demands, limits, 90)).slice(30);
      expect(mean(admitted)).toBeGreaterThan(90);
      expect(mean(admitted)).toBeLessThan(110);
    },
  );
});
