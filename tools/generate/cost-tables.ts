import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TABLES } from '#tools/cost/page.ts';
import type { Generator } from './generator.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['docs/data-model.md', 'docs/operations/cost.md'];
const PLACE = /<!-- generated: (?<name>[a-z-]+) -->\n.*?<!-- end -->\n/gsu;

/** The tables of costs, in the places that pages keep for them. */
export const costTables: Generator = {
  name: 'tables of costs',
  generate: async () => {
    const pages = await Promise.all(
      PAGES.map(async (path) => [path, await readFile(`${ROOT}${path}`, 'utf8')] as const),
    );
    return new Map(pages.map(([path, text]) => [path, fill(text)]));
  },
};

/** @throws Error when a place has a name that no table has */
export function fill(page: string): string {
  return page.replaceAll(PLACE, (_, name: string) => {
    const table = TABLES[name];
    if (table === undefined) throw new Error(`There is no table ${name}.`);
    return `<!-- generated: ${name} -->\n\n${table()}\n<!-- end -->\n`;
  });
}
