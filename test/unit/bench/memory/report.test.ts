import { describe, expect, it } from 'vitest';
import { excesses, tableOf } from '#bench/memory/report.ts';

const SMALL = { statements: 50, sent: 61_000, peak: 101_234_567 };
const LARGE = { statements: 5_000, sent: 5_400_000, peak: 256_000_001 };

describe('the report of memory', () => {
  it('is a table', () => {
    expect(tableOf([SMALL, LARGE])).toBe(
      [
        '| statements of the array |   sent | peak memory |',
        '|------------------------:|-------:|------------:|',
        '|                      50 | 0.1 MB |      102 MB |',
        '|                   5,000 | 5.4 MB |      257 MB |',
      ].join('\n'),
    );
  });

  it('tells which arrays take more than the goal', () => {
    expect(excesses([SMALL, LARGE])).toEqual(['An array of 5000 takes 257 MB; the goal is 256 MB.']);
  });
});
