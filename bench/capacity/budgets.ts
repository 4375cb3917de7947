import type { Figure } from '#bench/capacity/measure.ts';
import { STEPS } from '#bench/capacity/scene.ts';

/** At most this, whatever is stored. Units are for each statement that is stored, but for the whole of what is read. */
export interface Budget {
  readonly roundTrips: number;
  readonly writeUnits?: number;
  readonly readUnits?: number;
}

const STORE_ONE = { roundTrips: 1, writeUnits: 9 };
const STORE_50 = { roundTrips: 3, writeUnits: 8 };
const GET = { roundTrips: 1, readUnits: 1 };
const PAGE = { roundTrips: 2, readUnits: 30 };
/** Three indexes more to ask, each of them in all shards: for up to 16 of them. */
const RELATED_PAGE = { roundTrips: 2, readUnits: 60 };
const NOTHING = { roundTrips: 0, writeUnits: 0, readUnits: 0 };

/** Of a typical statement. Others keep to the round trips, or to those below; their units follow from their size. */
const BUDGETS: Partial<Readonly<Record<Figure['step'], Budget>>> = {
  'authorise a request, warm': NOTHING,
  'store one': STORE_ONE,
  'store an array of 50': STORE_50,
  'get by id': GET,
  'page by time': PAGE,
  'page by agent': PAGE,
  'page by verb': PAGE,
  'page by activity': PAGE,
  'page by related activity': RELATED_PAGE,
};

/** What is to be found by more than a typical statement has entries that are written before it. */
const WITH_ENTRIES: typeof BUDGETS = { 'store one': { roundTrips: 2 } };

export function budgetOf({ shape = 'typical', step }: Pick<Figure, 'shape' | 'step'>): Budget | undefined {
  const budget = BUDGETS[step];
  if (shape === 'typical' || budget === undefined) return budget;
  return WITH_ENTRIES[step] ?? { roundTrips: budget.roundTrips };
}

/** It reads up to a page of entries beside the rows: where little is stored, there are not so many. */
const FILLED_BY_MORE: Figure['step'] = 'page by related activity';

/** Read units of a page are by its bytes, which differ a little with the ids that are compressed. */
const SAME_UNITS = 1.1;

/** @returns a sentence for each budget that is exceeded, and for each operation with one that takes more where more is stored. */
export function excesses(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap((figure) => [...beyondBudget(figure), ...beyondSmallest(figure, figures)]);
}

function beyondBudget(figure: Figure): readonly string[] {
  const budget = budgetOf(figure);
  const each = unitsEach(figure);
  return names(budget).flatMap((name) => {
    const [value, limit] = [each[name], budget?.[name] ?? Number.POSITIVE_INFINITY];
    return value <= limit ? [] : [`${title(figure)}: ${WORDS[name]} ${value}, ${limit} allowed.`];
  });
}

function beyondSmallest(figure: Figure, figures: readonly Figure[]): readonly string[] {
  if (budgetOf(figure) === undefined) return [];
  const smallest = figures.find(({ shape, step }) => shape === figure.shape && step === figure.step);
  if (smallest === undefined || smallest === figure) return [];
  const [few, many] = [smallest.cost, figure.cost];
  return (['roundTrips', 'writeUnits', 'readUnits'] as const).flatMap((name) => {
    if (name === 'readUnits' && figure.step === FILLED_BY_MORE) return [];
    const limit = name === 'roundTrips' ? few[name] : few[name] * SAME_UNITS + 1;
    return many[name] <= limit
      ? []
      : [`${title(figure)}: ${WORDS[name]} ${many[name]}, but ${few[name]} with ${smallest.stored} stored.`];
  });
}

const WORDS = { roundTrips: 'round trips', writeUnits: 'write units', readUnits: 'read units' } as const;

function names(budget: Budget | undefined): readonly (keyof Budget)[] {
  return (['roundTrips', 'writeUnits', 'readUnits'] as const).filter((name) => budget?.[name] !== undefined);
}

/** With the write units of an array for each of its statements. */
export function unitsEach({ step, cost }: Figure): Required<Budget> {
  const count = step === 'store an array of 50' ? STEPS[step] : 1;
  return { roundTrips: cost.roundTrips, writeUnits: cost.writeUnits / count, readUnits: cost.readUnits };
}

function title({ step, shape, stored }: Figure): string {
  return `${step}${shape === undefined ? '' : ` (${shape})`}, ${stored} stored`;
}
