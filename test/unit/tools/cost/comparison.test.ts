import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALWAYS_ON, alwaysOnCost, peakRate } from '#tools/cost/always-on.ts';
import { breakEven } from '#tools/cost/break-even.ts';

describe('machines that always run', () => {
  const [small, redundant] = ALWAYS_ON;

  it('cost the same whatever they do, and the disk that fills', () => {
    expect(alwaysOnCost(small, 0, 1)).toBeCloseTo((0.019 + 0.005 + 0.032) * 730 + 20 * 0.115);
    expect(alwaysOnCost(small, 1_000_000, 12)).toBe(alwaysOnCost(small, 0, 1));
    const gigabytes = (12e8 * 1_330) / 1_024 ** 3;
    const hourly = 2 * 0.019 + 4 * 0.005 + 0.0305 + 0.129;
    expect(alwaysOnCost(redundant, 1e8, 12)).toBeCloseTo(hourly * 730 + gigabytes * 0.23);
  });

  it('have to take the busiest moment', () => {
    expect(peakRate(2_628_000, 1)).toBe(1);
    expect(peakRate(1e9, 1)).toBeCloseTo(380.5, 1);
  });
});

describe('break-even', () => {
  it('is where a rising cost meets a steady one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 1_000 }), (steady, slope) => {
        const found = breakEven(
          (statements) => (statements / 1e6) * slope,
          () => steady,
          1e12,
        );
        const exact = (steady / slope) * 1e6;
        expect(Math.abs((found ?? NaN) / exact - 1)).toBeLessThan(0.01);
      }),
    );
  });

  it('is nowhere when one is always below', () => {
    expect(
      breakEven(
        () => 1,
        () => 2,
      ),
    ).toBeUndefined();
  });
});
