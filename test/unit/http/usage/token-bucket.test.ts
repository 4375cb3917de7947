import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '#http/usage/token-bucket.ts';

describe('a token bucket', () => {
  it('holds its burst from the beginning', () => {
    const bucket = new TokenBucket(1, 2, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 1_000]);
  });

  it('has a token after the time it tells', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(10_000), (rate, start) => {
        const bucket = new TokenBucket(rate, 1, start);
        bucket.take(start);
        const wait = bucket.take(start);
        expect(wait).toBeGreaterThan(0);
        expect(bucket.take(start + wait)).toBe(0);
      }),
    );
  });

  it('keeps what fits when it gets another rate', () => {
    const bucket = new TokenBucket(10, 20, 0);
    bucket.change(1, 1, 0);
    expect([bucket.take(0), bucket.take(0)]).toEqual([0, 1_000]);
  });

  it('goes on when the clock is set back', () => {
    const bucket = new TokenBucket(1, 1, 1_000_000);
    bucket.take(1_000_000);
    expect([bucket.take(0), bucket.take(1_000)]).toEqual([1_000, 0]);
  });

  it('never lets through more than burst and rate in any window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.nat(300), { maxLength: 200 }),
        (rate, burst, pauses) => {
          const bucket = new TokenBucket(rate, burst, 0);
          let now = 0;
          const admitted: number[] = [];
          for (const pause of pauses) {
            now += pause;
            if (bucket.take(now) === 0) admitted.push(now);
          }
          const excesses = admitted.flatMap((start, first) =>
            admitted.slice(first).map((end, index) => index + 1 - burst - (rate * (end - start)) / 1_000),
          );
          expect(Math.max(0, ...excesses)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 50 },
    );
  });
});
