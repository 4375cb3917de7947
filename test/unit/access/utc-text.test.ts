import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utcText } from '#access/utc-text.ts';

const HOUR = 3_600_000;

describe('utcText', () => {
  it('writes each time as a date does, whatever was asked for before', () => {
    const hourOf = utcText(HOUR, 'YYYY-MM-DDTHH');
    const near = fc.integer({ min: -HOUR, max: HOUR }).map((offset) => Date.UTC(2026, 2, 1) + offset);
    const time = fc.oneof(near, fc.date({ noInvalidDate: true }).map(Number));
    fc.assert(
      fc.property(time, (asked) => {
        expect(hourOf(asked)).toBe(new Date(asked).toISOString().slice(0, 13));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has none for what is no time, before and after one', () => {
    const dayOf = utcText(24 * HOUR, 'YYYY-MM-DD');
    expect(() => dayOf(Number.NaN)).toThrow(RangeError);
    expect(dayOf(Date.UTC(2026, 2, 1))).toBe('2026-03-01');
    expect(() => dayOf(Number.NaN)).toThrow(RangeError);
    expect(() => dayOf(Number.MAX_VALUE)).toThrow(RangeError);
    expect(dayOf(Date.UTC(2026, 2, 1, 23))).toBe('2026-03-01');
  });
});
