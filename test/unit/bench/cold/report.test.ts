import { describe, expect, it } from 'vitest';
import { median, type Report } from '#bench/cold/measure.ts';
import { excesses, tableOf } from '#bench/cold/report.ts';

const REPORT: Report = {
  runs: 15,
  nodeStart: 41.6,
  functions: [
    { name: 'statements', bytes: 311_000, importTime: 60, fastestImport: 50.2, firstRequest: 99.5 },
    { name: 'about', bytes: 19_922, importTime: 61.2, fastestImport: 9.4, firstRequest: undefined },
  ],
};

describe('the report of cold starts', () => {
  it('is a table with a line about what its figures are', () => {
    expect(tableOf(REPORT)).toBe(
      [
        '| function   |   size | import | fastest import | first request |',
        '|------------|-------:|-------:|---------------:|--------------:|',
        '| statements | 311 KB |  60 ms |          50 ms |        100 ms |',
        '| about      |  20 KB |  61 ms |           9 ms |             – |',
        '',
        'Medians of 15 fresh processes; Node itself took 42 ms to start, which is not in them.',
      ].join('\n'),
    );
  });

  it('tells which budgets are exceeded', () => {
    expect(excesses(REPORT, 'bytes')).toEqual(['statements: 311 KB, 310 KB allowed (size).']);
    expect(excesses(REPORT, 'importTime')).toEqual(['about: 61 ms, 60 ms allowed (import).']);
  });
});

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});
