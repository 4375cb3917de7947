import { type Budget, budgetOf, unitsEach } from '#bench/capacity/budgets.ts';
import type { Figure } from '#bench/capacity/measure.ts';
import { markdownTable } from '#bench/support/table.ts';

const HEADINGS = ['statement', 'operation', 'round trips', 'requests', 'write units', 'read units', 'budget'];

/** @returns a table with a row for each operation; where the sizes differ, a cell has a figure for each. */
export function tableOf(figures: readonly Figure[]): string {
  const sizes = [...new Set(figures.map(({ stored }) => stored))];
  const groups = Map.groupBy(figures, ({ shape, step }) => `${shape} ${step}`);
  const rows = [...groups.values()].map((group) => {
    const [first] = group;
    const cell = (value: (figure: Figure) => number): string => [...new Set(group.map(value).map(short))].join(' · ');
    return [
      first?.shape ?? '–',
      first?.step ?? '',
      cell(({ cost }) => cost.roundTrips),
      cell(({ cost }) => cost.requests),
      cell((figure) => unitsEach(figure).writeUnits),
      cell(({ cost }) => cost.readUnits),
      first === undefined ? '' : inWords(budgetOf(first)),
    ];
  });
  const about =
    `With ${sizes.map((size) => size.toLocaleString('en')).join(', ')} statements stored; one figure where it is the same ` +
    'for all. Units as the embedded engine reports them, by item sizes; those of an array are for each of its statements. ' +
    'The engine counts a transaction double on the table and single on the indexes.';
  return `${markdownTable(HEADINGS, rows, 2)}\n\n${about}`;
}

function inWords(budget: Budget | undefined): string {
  if (budget === undefined) return '–';
  const { roundTrips, writeUnits, readUnits } = budget;
  const parts = [
    `≤ ${roundTrips} trips`,
    ...(writeUnits === undefined ? [] : [`≤ ${writeUnits} write`]),
    ...(readUnits === undefined ? [] : [`≤ ${readUnits} read`]),
  ];
  return parts.join(', ');
}

/** At most two digits behind the point. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
