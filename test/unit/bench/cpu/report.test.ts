import { describe, expect, it } from 'vitest';
import { type Figure, type Group, WHOLE, WITH_SDK } from '#bench/cpu/measure.ts';
import { misses, tableOf } from '#bench/cpu/report.ts';

function aFigure(part: string, least: number, group: Group = 'store, arrays of 50'): Figure {
  return { group, part, time: { least, median: least + 1 } };
}

describe('the report of CPU time', () => {
  it('gives each part its share, and says what is left besides the parts', () => {
    expect(tableOf([aFigure(WHOLE, 100), aFigure('compress', 25), aFigure(WITH_SDK, 150)])).toContain(
      [
        '| of                  | part                   |    least |   median | share |',
        '|---------------------|------------------------|---------:|---------:|------:|',
        '| store, arrays of 50 | the whole handler      | 100.0 µs | 101.0 µs | 100 % |',
        '| store, arrays of 50 | compress               |  25.0 µs |  26.0 µs |  25 % |',
        '| store, arrays of 50 | the whole with the SDK | 150.0 µs | 151.0 µs |     – |',
        '| store, arrays of 50 | the rest               |  75.0 µs |        – |  75 % |',
      ].join('\n'),
    );
  });

  it('tells which goals are missed', () => {
    expect(misses([aFigure(WHOLE, 120), aFigure(WITH_SDK, 200)])).toEqual([]);
    expect(misses([aFigure(WHOLE, 121)])).toEqual([
      'store, arrays of 50: 121.0 µs for each statement; the goal is 120.0 µs.',
    ]);
    expect(misses([aFigure(WHOLE, 41, 'read, 50 of a pack'), aFigure(WHOLE, 41, 'read, 50 of rows')])).toEqual([
      'read, 50 of a pack: 41.0 µs for each statement; the goal is 40.0 µs.',
      'read, 50 of rows: 41.0 µs for each statement; the goal is 40.0 µs.',
    ]);
  });
});
