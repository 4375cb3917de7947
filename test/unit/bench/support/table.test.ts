import { describe, expect, it } from 'vitest';
import { markdownTable } from '#bench/support/table.ts';

describe('a table of figures', () => {
  it('has its names to the left and its figures to the right', () => {
    const rows = [
      ['get', 'small', '1'],
      ['page by agent', 'large', '12.5'],
    ];
    expect(markdownTable(['operation', 'of', 'units'], rows, 2)).toBe(
      [
        '| operation     | of    | units |',
        '|---------------|-------|------:|',
        '| get           | small |     1 |',
        '| page by agent | large |  12.5 |',
      ].join('\n'),
    );
  });
});
