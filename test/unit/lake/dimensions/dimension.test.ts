import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DimensionRow, DIMENSIONS, takeIn } from '#lake/dimensions/dimension.ts';

const { verbs } = DIMENSIONS;

function verb(id: string, display: string | null, stored: number): DimensionRow {
  return { verb_id: id, display, last_stored: BigInt(stored) };
}

function taken(...lots: readonly (readonly DimensionRow[])[]): readonly DimensionRow[] {
  const known = new Map<string, DimensionRow>();
  for (const lot of lots) takeIn(verbs, known, lot);
  return [...known.values()].toSorted((one, other) => (String(one['verb_id']) < String(other['verb_id']) ? -1 : 1));
}

/** No two of one moment. */
const rows: fc.Arbitrary<readonly DimensionRow[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom('a', 'b'),
      display: fc.option(fc.constantFrom('attended', 'passed', '')),
      stored: fc.nat(),
    })
    .map(({ id, display, stored }) => verb(id, display, stored)),
  { selector: (row) => row['last_stored'], maxLength: 12 },
);

describe('a row of a dimension', () => {
  it('is the one that was stored last', () => {
    expect(taken([verb('a', 'old', 1)], [verb('a', 'new', 2)])).toEqual([verb('a', 'new', 2)]);
    expect(taken([verb('a', 'new', 2)], [verb('a', 'old', 1)])).toEqual([verb('a', 'new', 2)]);
  });

  it('is one that says something, before all that say nothing', () => {
    expect(taken([verb('a', 'says', 1)], [verb('a', null, 2)])).toEqual([verb('a', 'says', 1)]);
    expect(taken([verb('a', null, 2)], [verb('a', 'says', 1)])).toEqual([verb('a', 'says', 1)]);
  });

  it('is the one that is taken in last, of one moment', () => {
    expect(taken([verb('a', 'one', 1)], [verb('a', 'two', 1)])).toEqual([verb('a', 'two', 1)]);
  });

  it('is the same in whatever order and lots rows are taken in', () => {
    fc.assert(
      fc.property(rows, fc.nat(12), (all, split) => {
        expect(taken(all.slice(split), all.slice(0, split))).toEqual(taken(all));
        expect(taken(all.toReversed())).toEqual(taken(all));
      }),
    );
  });

  it('stays when rows are taken in again, and nothing is then said to have changed', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const known = new Map<string, DimensionRow>();
        takeIn(verbs, known, all);
        const before = new Map(known);
        expect(takeIn(verbs, known, all)).toBe(false);
        expect(known).toEqual(before);
      }),
    );
  });
});
