import { describe, expect, it } from 'vitest';
import { failuresIn, isFlat, tableOf } from '#bench/flat/report.ts';
import { figuresOf } from '#bench/load/figures.ts';
import { readOperations } from '#bench/load/read-operations.ts';

const SIZES = [10_000, 1_000_000] as const;

/** @param times milliseconds of each request */
function aRow(few: number, many: number, failures: readonly string[] = []) {
  return {
    name: 'page by agent',
    inFlight: 4,
    statements: 25,
    few: figuresOf([{ times: [few], elapsed: few, failures: [] }]),
    many: figuresOf([{ times: [many], elapsed: many, failures }]),
  };
}

describe('the report of reads with few and with many statements stored', () => {
  it('has the median and the p95 of both, and how many times as long it takes with many', () => {
    expect(tableOf([aRow(10, 13)], SIZES)).toMatch(
      /\| page by agent \| +25 \| +10\.0 ms \| +13\.0 ms \| +1\.30 × \| +10\.0 ms \| +13\.0 ms \| +1\.30 × \| +yes \| +0 \|/u,
    );
  });

  it('tells what takes too much longer, however little it is', () => {
    expect(isFlat(aRow(10, 13))).toBe(true);
    expect(isFlat(aRow(10, 13.01))).toBe(false);
    expect(tableOf([aRow(10, 13.01)], SIZES)).toMatch(/\| +1\.31 × \| +\*\*no\*\* \|/u);
  });

  it('counts what was wrong, which is never flat', () => {
    const row = aRow(10, 1, ['24 statements instead of 25 to 25']);
    expect(isFlat(row)).toBe(false);
    expect(failuresIn([row])).toEqual(['page by agent: wrong, such as: 24 statements instead of 25 to 25']);
  });
});

describe('the pages that are read', () => {
  it('hold 50 statements, or half of what every subject has in the smaller one', () => {
    const dataset = { seed: 'seed', count: 1_000_000, since: '', comparedWith: 10_000 };
    const pages = readOperations(dataset).filter(({ name }) => name.startsWith('page by'));
    expect(pages.map(({ statements }) => statements)).toEqual([50, 50, 50, 50, 50, 12]);
  });
});
