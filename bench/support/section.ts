import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** Replaces what a benchmark has written into a page of the docs before. @param page path from the root of the repository */
export async function writeSection(page: string, command: string, text: string): Promise<void> {
  const file = fileURLToPath(new URL(page, ROOT));
  await writeFile(file, replaceSection(await readFile(file, 'utf8'), command, text));
}

/** Writes figures beside the page that tells of them. @param path from the root of the repository */
export async function writeFigures(path: string, figures: unknown): Promise<void> {
  const file = fileURLToPath(new URL(path, ROOT));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, undefined, 1)}\n`);
}

/**
 * Replaces what stands between `<!-- begin: <command> -->` and the next `<!-- end -->`.
 *
 * @throws Error when the page has no such place.
 */
export function replaceSection(page: string, command: string, text: string): string {
  const begin = `<!-- begin: ${command} -->`;
  const from = page.indexOf(begin);
  const to = from < 0 ? -1 : page.indexOf('<!-- end -->', from);
  if (to < 0) throw new Error(`The page has no place for the output of ${command}.`);
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
}
