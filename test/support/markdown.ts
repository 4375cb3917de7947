import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param path from the root of the repository */
export function readPage(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}

/** The text from a heading to the next one that is not below it, by the heading's text; empty when there is none. */
export function sectionOf(page: string, heading: string): string {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => /^#+ /u.test(line) && line.replace(/^#+ /u, '') === heading);
  const level = lines[start]?.indexOf(' ') ?? 0;
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /u.test(line) && line.indexOf(' ') <= level);
  if (start === -1) return '';
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}

/** The cells of every row of the tables of a text, without heads. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const rows = text
    .split('\n')
    .map((line) => (/^\|(.*)\|$/u.exec(line)?.[1] ?? '').split(' | ').map((cell) => cell.trim()));
  return rows.filter((cells, index) => cells.length > 1 && !isRule(cells) && !isRule(rows[index + 1]));
}

/** What stands between the head of a table and its rows. */
function isRule(cells: readonly string[] | undefined): boolean {
  return cells?.every((cell) => /^:?-+:?$/u.test(cell)) ?? false;
}

/** The text of a cell that is code; undefined for every other. */
export function codeOf(cell: string | undefined): string | undefined {
  return /^`([^`]+)`$/u.exec(cell ?? '')?.[1];
}
