import { describe, expect, it } from 'vitest';
import { quantile } from '#tools/smoke/checks/timing.ts';

describe('a quantile of times', () => {
  it.each([
    [0.5, 50],
    [0.95, 95],
    [1, 100],
  ])('of %d is the smallest time that this share does not exceed', (share, expected) => {
    const times = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(times, share)).toBe(expected);
  });

  it('is whole, and 0 of nothing', () => {
    expect(quantile([1.6], 0.5)).toBe(2);
    expect(quantile([], 0.5)).toBe(0);
  });
});
