import { describe, expect, it } from 'vitest';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';
import { runSlice } from '#bench/load/run-slice.ts';

const CLIENT = new LrsClient({ name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' });

function anOperation(perform: (index: number) => Promise<void>, inFlight = 3): Operation {
  return { name: 'test', inFlight, statements: 1, begin: () => perform };
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
    });
    const { times, failures } = await runSlice(CLIENT, operation, { first: 10, count: 7, time: 10_000 });
    expect(sent).toEqual([10, 11, 12, 13, 14, 15, 16]);
    expect(most).toBe(3);
    expect(times).toHaveLength(7);
    expect(failures).toEqual([]);
  });

  it('counts wrong answers as failures, and goes on', async () => {
    const operation = anOperation((index) =>
      index % 2 === 0 ? Promise.reject(new Error(`${index}`)) : Promise.resolve(),
    );
    const { times, failures } = await runSlice(CLIENT, operation, { first: 0, count: 4, time: 10_000 });
    expect(times).toHaveLength(4);
    expect(failures).toEqual(['0', '2']);
  });

  it('begins nothing more when its time is over', async () => {
    const { times } = await runSlice(
      CLIENT,
      anOperation(() => Promise.resolve()),
      { first: 0, count: 5, time: 0 },
    );
    expect(times).toEqual([]);
  });
});
