import { expect, it } from 'vitest';
import { settling } from '#bench/support/settling.ts';

it('keeps what each pause was for, and how long', async () => {
  let time = 0;
  const machine = {
    now: () => time,
    worked: () => Math.min(time, 5_000),
    sleep: (milliseconds: number) => Promise.resolve((time += milliseconds)),
  };
  const { settle, waits } = settling(() => {}, machine);
  await settle('POST one');
  await settle('GET by id');
  expect(waits).toEqual([
    { before: 'POST one', waited: 7_000, idle: true, busy: 0 },
    { before: 'GET by id', waited: 3_000, idle: true, busy: 0 },
  ]);
});
