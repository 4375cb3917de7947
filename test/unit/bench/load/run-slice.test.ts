import { describe, expect, it } from 'vitest';
import { WrongAnswer } from '#bench/load/checks.ts';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Check, Operation } from '#bench/load/operation.ts';
import { runSlice } from '#bench/load/run-slice.ts';

const CLIENT = new LrsClient({ name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' });

const RIGHT: Check = () => {};

function anOperation(send: (index: number) => Promise<Check>, inFlight = 3): Operation {
  return { name: 'test', inFlight, statements: 1, begin: () => send };
}

/** Has the processor for so many milliseconds. */
function spin(time: number): void {
  const end = performance.now() + time;
  while (performance.now() < end);
}

describe('a slice of a load', () => {
  it('sends each request once, and no more at once than it may', async () => {
    const sent: number[] = [];
    let [now, most] = [0, 0];
    const operation = anOperation(async (index) => {
      now += 1;
      most = Math.max(most, now);
      sent.push(index);
      await Promise.resolve();
      now -= 1;
      return RIGHT;
    });
    const { times, failures } = await runSlice(CLIENT, operation, { first: 10, count: 7, time: 10_000 });
    expect(sent).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(most).toBe(3);
    expect(times).toHaveLength(7);
    expect(failures).toEqual([]);
  });

  it('counts missing answers as failures, and goes on', async () => {
    const operation = anOperation((index) =>
      index % 2 === 0 ? Promise.reject(new Error(`${index}`)) : Promise.resolve(RIGHT),
    );
    const { times, failures } = await runSlice(CLIENT, operation, { first: 0, count: 4, time: 10_000 });
    expect(times).toHaveLength(4);
    expect(failures).toEqual(['0', '2']);
  });

  it('counts wrong answers as failures, besides missing ones, and checks the others', async () => {
    const checked: number[] = [];
    const operation = anOperation((index) => {
      if (index === 3) return Promise.reject(new Error('none'));
      return Promise.resolve(() => {
        checked.push(index);
        if (index % 2 === 0) throw new WrongAnswer(`${index}`);
      });
    }, 1);
    const { times, failures } = await runSlice(CLIENT, operation, { first: 0, count: 5, time: 10_000 });
    expect(times).toHaveLength(5);
    expect(failures).toEqual(['none', '0', '2', '4']);
    expect(checked).toEqual([0, 1, 2, 4]);
  });

  it('checks when the last answer is there, outside of what is timed', async () => {
    const events: string[] = [];
    const operation = anOperation((index) => {
      events.push(`send ${index}`);
      return Promise.resolve(() => {
        events.push(`check ${index}`);
        spin(100);
      });
    }, 1);
    const { times, elapsed } = await runSlice(CLIENT, operation, { first: 0, count: 3, time: 10_000 });
    expect(events).toEqual(['send 0', 'send 1', 'send 2', 'check 0', 'check 1', 'check 2']);
    expect(elapsed).toBeLessThan(100);
    expect(Math.max(...times)).toBeLessThan(100);
  });

  it('sees what else happens between two checks', async () => {
    let seen = false;
    const checks: readonly Check[] = [
      () => void setTimeout(() => (seen = true), 0),
      () => spin(10),
      RIGHT,
      () => expect(seen).toBe(true),
    ];
    const operation = anOperation((index) => Promise.resolve(checks[index] ?? RIGHT), 1);
    const { failures } = await runSlice(CLIENT, operation, { first: 0, count: 4, time: 10_000 });
    expect(failures).toEqual([]);
  });

  it('begins nothing more when its time is over', async () => {
    const { times } = await runSlice(
      CLIENT,
      anOperation(() => Promise.resolve(RIGHT)),
      { first: 0, count: 5, time: 0 },
    );
    expect(times).toEqual([]);
  });
});
