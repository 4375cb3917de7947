import { describe, expect, it } from 'vitest';
import { durationSeconds } from '#xapi/data-types/duration.ts';

describe('a duration in seconds', () => {
  it.each([
    ['PT1S', 1],
    ['PT12M30.5S', 750.5],
    ['PT1,5H', 5_400],
    ['P1DT1H1M1S', 90_061],
    ['P2W', 1_209_600],
    ['P1Y', 31_557_600],
    ['P1M', 2_629_800],
    ['PT0S', 0],
  ])('%s is %d', (text, seconds) => {
    expect(durationSeconds(text)).toBe(seconds);
  });

  it.each(['', 'P', 'PT', '1 hour', 'PT1.2.3S'])('%j is none', (text) => {
    expect(durationSeconds(text)).toBeNaN();
  });
});
