const LINE_END = '\r\n';

/**
 * What a spreadsheet takes for the beginning of a formula, in characters of full width too; and what is not seen in front of
 * one, which some leave out.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;

/** A line of CSV (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  // A line of nothing is none to most readers.
  if (cells.length === 1 && cells[0] === '') return `""${LINE_END}`;
  return `${cells.map(quoted).join(',')}${LINE_END}`;
}

/**
 * A value as a cell: a text as it is, what has members as JSON, nothing as nothing. Who opens the file in a spreadsheet
 * must not carry out what somebody has written into a statement: what looks like a formula gets an apostrophe in front.
 *
 * @param value as `parseJson` gives it
 */
export function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
