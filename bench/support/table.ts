/**
 * A Markdown table, which people can read in a terminal too.
 *
 * @param names columns from the left that hold names; the others hold figures
 */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  names: number = 1,
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number): string =>
    column < names ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const line = (cells: readonly string[]): string => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, column) => `${'-'.repeat(width + 1)}${column < names ? '-' : ':'}`);
  return [line(headings), `|${rule.join('|')}|`, ...rows.map(line)].join('\n');
}
