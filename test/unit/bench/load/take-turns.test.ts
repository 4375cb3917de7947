import { expect, it } from 'vitest';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';
import { takeTurns } from '#bench/load/take-turns.ts';

const CLIENT = new LrsClient({ name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' });

function numbers(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

it('keeps no more answers at once than a turn has, even before it counts', async () => {
  const sent: number[] = [];
  let [kept, most] = [0, 0];
  const operation: Operation = {
    name: 'test',
    inFlight: 2,
    statements: 1,
    begin: () => (index) => {
      sent.push(index);
      kept += 1;
      most = Math.max(most, kept);
      return Promise.resolve(() => void (kept -= 1));
    },
  };
  const limits = { count: 9, warmUp: 12, time: 10_000, rounds: 2 };
  const [figures] = await takeTurns([{ client: CLIENT, operation }], limits);
  expect(figures).toMatchObject({ requests: 9, failures: 0 });
  expect(sent).toEqual([...numbers(9, 12), ...numbers(0, 9)]);
  expect(most).toBe(5);
});
