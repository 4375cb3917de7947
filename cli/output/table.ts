import { legibleLine } from '#cli/output/legible.ts';
import { padded, shortened, widthOf } from '#cli/output/width.ts';

/** A column of a table of `Row`s. */
export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string;
  /** It is cut where there is no room for it. What is copied into other commands is not. */
  readonly mayBeCut?: boolean;
}

const GAP = '  ';

/** Columns that are left of what is cut, at least. */
const LEAST = 12;

/** Columns of what may be cut where the output is no terminal. */
const MOST = 60;

/**
 * Aligned columns with a head.
 *
 * @param room columns of the terminal; undefined: the output is none
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], room?: number): string {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ of }) => legibleLine(of(row)) || '–')),
  ];
  const wanted = columns.map(({ mayBeCut = false }, index) => {
    const widest = Math.max(...cells.map((row) => widthOf(row[index] ?? '')));
    return mayBeCut && room === undefined ? Math.min(widest, MOST) : widest;
  });
  const widths = room === undefined ? wanted : fit(columns, wanted, room);
  return cells.map((row) => `${line(row, widths)}\n`).join('');
}

function line(cells: readonly string[], widths: readonly number[]): string {
  const parts = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    return padded(shortened(cell, width), width);
  });
  return parts.join(GAP).trimEnd();
}

/** Takes from the widest that may be cut, until all fit or nothing more can be taken. */
function fit(columns: readonly Column<never>[], wanted: readonly number[], room: number): readonly number[] {
  const widths = [...wanted];
  const cuttable = [...widths.keys()].filter((index) => columns[index]?.mayBeCut === true);
  for (let excess = sum(widths) + GAP.length * (widths.length - 1) - room; excess > 0; excess -= 1) {
    const widest = cuttable.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    const width = widest === undefined ? 0 : (widths[widest] ?? 0);
    if (widest === undefined || width <= LEAST) break;
    widths[widest] = width - 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
