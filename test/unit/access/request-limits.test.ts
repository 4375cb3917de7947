import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REQUEST_LIMITS, launchLimits } from '#access/request-limits.ts';

describe('the limits of a token for one launch', () => {
  it.each([
    [DEFAULT_REQUEST_LIMITS, { perSecond: 25, perDay: 200_000 }],
    [
      { perSecond: 100, perDay: 100_000 },
      { perSecond: 25, perDay: 10_000 },
    ],
    [
      { perSecond: 40, perDay: 20_000 },
      { perSecond: 10, perDay: 5_000 },
    ],
    [
      { perSecond: 1, perDay: 1 },
      { perSecond: 1, perDay: 1 },
    ],
  ])('are of %o %o', (limits, expected) => {
    expect(launchLimits(limits)).toEqual(expected);
  });

  it('leave three quarters to others, wherever there is more than one request to share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 1e6 }), fc.integer({ min: 4, max: 1e12 }), (perSecond, perDay) => {
        const launch = launchLimits({ perSecond, perDay });
        expect(launch.perSecond * 4).toBeLessThanOrEqual(perSecond);
        expect(launch.perDay * 4).toBeLessThanOrEqual(perDay);
        expect(Math.min(launch.perSecond, launch.perDay)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
