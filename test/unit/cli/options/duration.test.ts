import { describe, expect, it } from 'vitest';
import { readDuration, readMinutes } from '#cli/options/duration.ts';

describe('a duration', () => {
  it.each([
    ['30s', 30_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['90d', 7_776_000_000],
    ['2w', 1_209_600_000],
  ])('%s is a number with a unit', (text, milliseconds) => {
    expect(readDuration('--expires', text)).toBe(milliseconds);
  });

  it.each(['', '90', 'd', '-1d', '1.5h', '0d', '1y', ' 1d', '1d ', '999999999d', '1toString', '٣d'])(
    '%j is none',
    (text) => {
      expect(() => readDuration('--expires', text)).toThrow(/^--expires is ".*"; it has to be a number with a unit/u);
    },
  );
});

describe('minutes', () => {
  it.each([
    ['24h', 1_440],
    ['120s', 2],
    ['0', 0],
  ])('%s are whole ones', (text, minutes) => {
    expect(readMinutes('--overlap', text, 1_440)).toBe(minutes);
  });

  it('are not parts of them', () => {
    expect(() => readMinutes('--overlap', '90s', 1_440)).toThrow('whole minutes');
  });

  it('have an end', () => {
    const message = '--overlap is "1441m"; it has to be whole minutes, 1 day at most.';
    expect(() => readMinutes('--overlap', '1441m', 1_440)).toThrow(message);
  });
});
