import type { FlatRow } from '#bench/flat/measure.ts';
import type { Figures } from '#bench/load/figures.ts';
import { markdownTable } from '#bench/support/table.ts';

/** Times as long as with few stored, at most: of the time within which 95 % of the requests are answered. */
const MOST = 1.3;

/** @param sizes statements stored, few and many */
export function tableOf(rows: readonly FlatRow[], sizes: readonly [number, number]): string {
  const [few, many] = sizes.map((size) => size.toLocaleString('en'));
  const headings = [
    'operation',
    'statements each',
    `median at ${few}`,
    `at ${many}`,
    'ratio',
    `p95 at ${few}`,
    `at ${many}`,
    'ratio',
    `at most ${MOST} ×`,
    'wrong',
  ];
  const lines = rows.map((row) => [
    row.name,
    String(row.statements),
    ...cells(row, 'median'),
    ...cells(row, 'p95'),
    isFlat(row) ? 'yes' : '**no**',
    String(wrongOf(row)),
  ]);
  return markdownTable(headings, lines);
}

/** Whether it takes about as long with many stored as with few, and all answers were right. */
export function isFlat(row: FlatRow): boolean {
  return wrongOf(row) === 0 && row.many.p95 <= MOST * row.few.p95;
}

function cells({ few, many }: FlatRow, name: keyof Pick<Figures, 'median' | 'p95'>): readonly string[] {
  // Upwards, so that what is shown as the limit keeps to it.
  const ratio = Math.ceil((many[name] / few[name]) * 100) / 100;
  return [`${few[name].toFixed(1)} ms`, `${many[name].toFixed(1)} ms`, `${ratio.toFixed(2)} ×`];
}

function wrongOf({ few, many }: FlatRow): number {
  return few.failures + many.failures;
}

/** @returns a sentence for each kind of wrong answer */
export function failuresIn(rows: readonly FlatRow[]): readonly string[] {
  return rows.flatMap((row) =>
    [...row.few.examples, ...row.many.examples].map((example) => `${row.name}: wrong, such as: ${example}`),
  );
}
