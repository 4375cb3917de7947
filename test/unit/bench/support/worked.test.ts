import { expect, it } from 'vitest';
import { worked } from '#bench/support/worked.ts';

it('adds up what all processors have done, but not for how long they were idle', () => {
  const one = { times: { user: 1, nice: 20, sys: 300, idle: 4_000, irq: 50_000 } };
  const other = { times: { user: 2, nice: 20, sys: 300, idle: 8_000, irq: 10_000 } };
  expect(worked([one, other])).toBe(60_643);
});
