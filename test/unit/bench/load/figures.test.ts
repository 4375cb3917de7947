import { describe, expect, it } from 'vitest';
import { allOperations } from '#bench/load/all-operations.ts';
import { figuresOf, quantile } from '#bench/load/figures.ts';
import { GOALS } from '#bench/load/goals.ts';
import { isSteady } from '#bench/load/soak.ts';
import { comparisonOf, failuresIn, hasReached, soakTableOf, tableOf } from '#bench/load/report.ts';

const TIMES = Array.from({ length: 100 }, (_, index) => 100 - index);
const FIGURES = figuresOf([{ times: TIMES, elapsed: 500, failures: [] }]);
const SLOWER = figuresOf([{ times: TIMES, elapsed: 1_000, failures: ['404', '404', '500'] }]);
const RIGHT = { ...SLOWER, failures: 0 };
const OPERATION = { name: 'POST arrays of 50', inFlight: 4, statements: 50 };

describe('the figures of an operation', () => {
  it('are of all its slices together', () => {
    const slices = [
      { times: [1, 3], elapsed: 10, failures: ['no'] },
      { times: [2, 4], elapsed: 30, failures: [] },
    ];
    expect(figuresOf(slices)).toEqual({
      requests: 4,
      rate: 100,
      median: 2,
      p95: 4,
      p99: 4,
      failures: 1,
      examples: ['no'],
      slices: [
        { requests: 2, rate: 200, median: 1, p95: 3, p99: 3 },
        { requests: 2, rate: 2_000 / 30, median: 2, p95: 4, p99: 4 },
      ],
    });
  });

  it.each([
    [0.5, 50],
    [0.95, 95],
    [1, 100],
  ])('have a quantile: below %d of 1 to 100 is %i', (share, expected) => {
    expect(quantile(TIMES.toReversed(), share)).toBe(expected);
  });
});

describe('the report of a load', () => {
  it('has requests and statements a second', () => {
    expect(tableOf([{ operation: OPERATION, figures: [FIGURES] }])).toContain(
      '| POST arrays of 50 |         4 |      100 |        200 |        10000 | 50.0 ms | 95.0 ms |     0 |',
    );
  });

  it('compares this LRS with the other', () => {
    const table = comparisonOf(['this LRS', 'peer'], [{ operation: OPERATION, figures: [FIGURES, RIGHT] }]);
    expect(table).toMatch(/\| +200 \| 95\.0 ms \| +100 \| 95\.0 ms \| 2\.00 × \| +2 × \| +yes \| 0 \/ 0 \|/u);
  });

  it('tells when the goal is not reached, however little is missing', () => {
    const row = { operation: OPERATION, figures: [{ ...FIGURES, rate: 199.9 }, RIGHT] };
    expect(hasReached(row)).toBe(false);
    expect(comparisonOf(['this LRS', 'peer'], [row])).toMatch(/\| 1\.99 × \| +2 × \| +\*\*no\*\* \|/u);
  });

  it('compares nothing where an answer was wrong, and the goal is not reached', () => {
    const row = { operation: OPERATION, figures: [FIGURES, SLOWER] };
    expect(comparisonOf(['this LRS', 'peer'], [row])).toMatch(/\| +– \| +2 × \| +\*\*no\*\* \| 0 \/ 3 \|/u);
    expect(hasReached(row)).toBe(false);
  });

  it('has no goal for some', () => {
    const row = { operation: { ...OPERATION, name: 'POST arrays of 100' }, figures: [RIGHT, FIGURES] };
    expect(comparisonOf(['this LRS', 'peer'], [row])).toMatch(/\| 0\.50 × \| +– \| +– \|/u);
    expect(hasReached(row)).toBe(true);
  });

  it('has goals for operations that there are', () => {
    const names = allOperations({ seed: 'seed', count: 1, since: '' }).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(GOALS)));
  });

  it('tells what was wrong, each kind once', () => {
    expect(failuresIn(['this LRS', 'peer'], [{ operation: OPERATION, figures: [FIGURES, SLOWER] }])).toEqual([
      'peer, POST arrays of 50: 3 wrong, such as: 404; 500',
    ]);
  });

  it('says that a soak is steady when the last are about as fast as the first, and all answers right', () => {
    const steady = { requests: 3_000, first: FIGURES, last: FIGURES, failures: 0 };
    expect([steady, { ...steady, last: SLOWER }, { ...steady, failures: 1 }].map(isSteady)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('tells whether the last requests are as fast as the first', () => {
    expect(soakTableOf({ requests: 3_000, first: FIGURES, last: SLOWER, failures: 2 })).toBe(
      [
        '| of 3,000 single POSTs | requests/s |  median |     p95 |',
        '|-----------------------|-----------:|--------:|--------:|',
        '| the first 100         |        200 | 50.0 ms | 95.0 ms |',
        '| the last 100          |        100 | 50.0 ms | 95.0 ms |',
        '',
        '16 in flight, 2 wrong answers; the last at 0.50 × the rate of the first; 0.8 × is the goal.',
      ].join('\n'),
    );
  });
});
