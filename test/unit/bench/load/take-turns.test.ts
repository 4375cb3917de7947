import { describe, expect, it } from 'vitest';
import { LrsClient } from '#bench/load/lrs-client.ts';
import type { Operation } from '#bench/load/operation.ts';
import { takeTurns } from '#bench/load/take-turns.ts';

const CLIENT = new LrsClient({ name: 'none', url: 'http://127.0.0.1:9/xapi', key: 'key', secret: 'secret' });

const nothing = (): Promise<void> => Promise.resolve();

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
  const [figures] = await takeTurns([{ client: CLIENT, operation }], limits, nothing);
  expect(figures).toMatchObject({ requests: 9, failures: 0 });
  expect(sent).toEqual([...numbers(9, 12), ...numbers(0, 9)]);
  expect(most).toBe(5);
});

/** @returns the requests of all turns and the pauses, in their order */
async function eventsOf(operation: Partial<Operation>, sides: number): Promise<readonly string[]> {
  const events: string[] = [];
  const whole: Operation = {
    name: 'test',
    inFlight: 1,
    statements: 1,
    begin: () => (index) => {
      events.push(String(index));
      return Promise.resolve(() => {});
    },
    ...operation,
  };
  const turns = Array.from({ length: sides }, () => ({ client: CLIENT, operation: whole }));
  const settle = (before: string): Promise<void> => Promise.resolve(void events.push(`pause before ${before}`));
  await takeTurns(turns, { count: 2, warmUp: 0, time: 10_000, rounds: 2 }, settle);
  return events;
}

describe('what an LRS has left to do', () => {
  it('is waited for before each turn when the operation leaves work', async () => {
    const pause = 'pause before test';
    expect(await eventsOf({ leavesWork: true }, 2)).toEqual([pause, '0', pause, '0', pause, '1', pause, '1']);
  });

  it('is waited for once after what has to be there was put', async () => {
    expect(await eventsOf({ prepare: nothing }, 2)).toEqual(['pause before test', '0', '0', '1', '1']);
  });

  it('is not waited for after reads', async () => {
    expect(await eventsOf({}, 2)).toEqual(['0', '0', '1', '1']);
  });

  it('is not waited for where there is no other one', async () => {
    expect(await eventsOf({ leavesWork: true, prepare: nothing }, 1)).toEqual(['0', '1']);
  });
});
