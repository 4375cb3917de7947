import { describe, expect, it } from 'vitest';
import { durationText } from '#cli/output/duration-text.ts';

describe('a duration for people', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [59, '59 seconds'],
    [61, '1 minute 1 second'],
    [3_600, '1 hour'],
    [7_199, '2 hours'],
    [49_387, '13 hours 44 minutes'],
    [90_000, '1 day 1 hour'],
  ])('%d s is %s, and never less than it is', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});
