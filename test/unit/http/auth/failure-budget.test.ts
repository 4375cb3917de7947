import { describe, expect, it } from 'vitest';
import { FAILURES_PER_MINUTE, FailureBudget } from '#http/auth/failure-budget.ts';

const SOURCE = '192.0.2.1';

describe('the budget of failures', () => {
  it('is there again a minute after the first failure', () => {
    let now = 100_000;
    const budget = new FailureBudget(() => now);
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) budget.spend(SOURCE);
    expect(budget.wait(SOURCE)).toBe(60);
    now += 60_000;
    expect(budget.wait(SOURCE)).toBeUndefined();
  });

  it('is there again when the clock is set back', () => {
    let now = 100_000_000;
    const budget = new FailureBudget(() => now);
    for (let n = 0; n < FAILURES_PER_MINUTE; n += 1) budget.spend(SOURCE);
    now -= 50_000_000;
    expect(budget.wait(SOURCE)).toBeUndefined();
  });
});
