import { describe, expect, it } from 'vitest';
import { excesses } from '#bench/capacity/budgets.ts';
import type { Figure } from '#bench/capacity/measure.ts';
import type { Cost } from '#bench/capacity/meter.ts';
import { tableOf } from '#bench/capacity/report.ts';

const NOTHING = {
  roundTrips: 1,
  requests: 1,
  writeUnits: 0,
  transactedIndexUnits: 0,
  readUnits: 0,
  s3Puts: 0,
  s3Gets: 0,
} satisfies Cost;

function aFigure({
  cost,
  ...overrides
}: Partial<Omit<Figure, 'cost'>> & { readonly cost?: Partial<Cost> } = {}): Figure {
  return { stored: 1_000, shape: 'typical', step: 'page by agent', ...overrides, cost: { ...NOTHING, ...cost } };
}

describe('the budgets of operations', () => {
  it('are kept by what takes no more than they allow', () => {
    const page = aFigure({ cost: { roundTrips: 2, readUnits: 30 } });
    const array = aFigure({ step: 'store an array of 50', cost: { roundTrips: 3, writeUnits: 400 } });
    expect(excesses([page, array])).toEqual([]);
  });

  it('are exceeded by more round trips or more units for each statement', () => {
    const array = aFigure({ step: 'store an array of 50', cost: { roundTrips: 4, writeUnits: 410 } });
    expect(excesses([array])).toEqual([
      'store an array of 50 (typical), 1000 stored: round trips 4, 3 allowed.',
      'store an array of 50 (typical), 1000 stored: write units 8.2, 8 allowed.',
    ]);
  });

  it('are of round trips alone for statements that are not typical', () => {
    expect(excesses([aFigure({ shape: 'large', cost: { readUnits: 154 } })])).toEqual([]);
    expect(excesses([aFigure({ shape: 'large', cost: { roundTrips: 3 } })])).toHaveLength(1);
  });

  it('allow one request for a typical statement, and entries before others', () => {
    const stored = aFigure({ step: 'store one', cost: { roundTrips: 2, writeUnits: 9 } });
    expect(excesses([stored])).toEqual(['store one (typical), 1000 stored: round trips 2, 1 allowed.']);
    expect(excesses([{ ...stored, shape: 'many related' }])).toEqual([]);
  });

  it('allow a request that is authorised nothing', () => {
    const { stored, cost } = aFigure();
    expect(excesses([{ stored, cost, step: 'authorise a request, warm' }])).toEqual([
      'authorise a request, warm, 1000 stored: round trips 1, 0 allowed.',
    ]);
  });

  it('are the same whatever is stored', () => {
    const figures = [aFigure({ cost: { readUnits: 4 } }), aFigure({ stored: 100_000, cost: { readUnits: 8 } })];
    expect(excesses(figures)).toEqual([
      'page by agent (typical), 100000 stored: read units 8, but 4 with 1000 stored.',
    ]);
  });

  it('let a page by related activity read entries that there are only where more is stored', () => {
    const step = 'page by related activity';
    const page = (readUnits: number) => [
      aFigure({ step, cost: { readUnits: 8.5 } }),
      aFigure({ step, stored: 100_000, cost: { readUnits } }),
    ];
    expect(excesses(page(18.5))).toEqual([]);
    expect(excesses(page(61))).toHaveLength(1);
  });
});

describe('the table of capacity', () => {
  it('has one figure where all sizes have the same, and the write units of each statement of an array', () => {
    const cost = { writeUnits: 356 };
    const figures = [
      aFigure({ step: 'store an array of 50', cost }),
      aFigure({ step: 'store an array of 50', stored: 100_000, cost: { ...cost, requests: 3 } }),
    ];
    expect(tableOf(figures)).toContain('| typical   | store an array of 50 |           1 |    1 · 3 |        7.12 |');
  });
});
