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

/** In front of what does not fit beside the first columns. */
const INDENT = ' '.repeat(4);

/** Columns that are left of what is cut, at least. */
const LEAST = 8;

/** Columns of what may be cut where the output is no terminal. */
const MOST = 60;

/**
 * Aligned columns with a head. Where there is no room for all of them, those that do not fit stand below their row, each
 * with its head, and nothing is cut.
 *
 * @param room columns of the terminal; undefined: the output is none
 */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], room?: number): string {
  const cells = rows.map((row) => columns.map(({ of }) => legibleLine(of(row))));
  const heads = columns.map(({ head }) => head);
  const all = [heads, ...cells.map((row) => row.map((cell) => cell || '–'))];
  const wanted = columns.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ''))));
  const widths = columns.map(({ mayBeCut = false }, index) => narrowed(wanted[index] ?? 0, mayBeCut, room));
  const fitting = room === undefined ? widths : fit(columns, widths, room);
  if (room === undefined || widthOfLine(fitting) <= room) return all.map((row) => `${line(row, fitting)}\n`).join('');
  const count = leading(wanted, room);
  const lines = all.map((row) => `${line(row.slice(0, count), wanted)}\n`);
  const details = cells.map((row) => wrapped(heads.slice(count), row.slice(count), room));
  return lines.map((text, index) => text + (details[index - 1] ?? '')).join('');
}

function narrowed(width: number, mayBeCut: boolean, room: number | undefined): number {
  return mayBeCut && room === undefined ? Math.min(width, MOST) : width;
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
  for (let excess = widthOfLine(widths) - room; excess > 0; excess -= 1) {
    const widest = cuttable.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    const width = widest === undefined ? 0 : (widths[widest] ?? 0);
    if (widest === undefined || width <= LEAST) break;
    widths[widest] = width - 1;
  }
  return widths;
}

/** How many of the first columns fit side by side; one at least. */
function leading(widths: readonly number[], room: number): number {
  const counts = [...widths.keys()].map((index) => index + 1);
  return counts.findLast((count) => widthOfLine(widths.slice(0, count)) <= room) ?? 1;
}

/** Names and what stands below them, as many in a line as fit, without those that are empty. */
function wrapped(heads: readonly string[], cells: readonly string[], room: number): string {
  const lines: string[] = [];
  for (const [index, cell] of cells.entries()) {
    if (cell === '') continue;
    const part = `${(heads[index] ?? '').toLowerCase()} ${cell}`;
    const longer = `${lines.at(-1) ?? ''}${GAP}${part}`;
    if (lines.length > 0 && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(`${INDENT}${part}`);
  }
  return lines.map((text) => `${text}\n`).join('');
}

function widthOfLine(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0) + GAP.length * (widths.length - 1);
}
