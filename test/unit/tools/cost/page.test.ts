import { describe, expect, it } from 'vitest';
import { readPage } from '#test/support/markdown.ts';
import { ALWAYS_ON, MEASURED_RATES } from '#tools/cost/always-on.ts';
import { TABLES } from '#tools/cost/page.ts';
import { costTables, fill } from '#tools/generate/cost-tables.ts';

const PAGE = readPage('docs/operations/cost.md');

describe('docs/operations/cost.md and docs/data-model.md', () => {
  it('have the tables that the model gives', async () => {
    for (const [path, text] of await costTables.generate()) expect(readPage(path)).toBe(text);
  });

  it('have a place for every table, and no other', () => {
    const pages = `${PAGE}${readPage('docs/data-model.md')}`;
    const places = Array.from(pages.matchAll(/<!-- generated: ([a-z-]+) -->/gu), ([, name]) => name);
    expect(places).toHaveLength(new Set(places).size);
    expect(new Set(places)).toEqual(new Set(Object.keys(TABLES)));
    expect(() => fill('<!-- generated: nothing -->\n<!-- end -->\n')).toThrow('There is no table nothing.');
  });

  it('give the rates and set-ups that are reckoned with', () => {
    const rates = Object.values(MEASURED_RATES).flatMap(({ least, most }) => [least, most]);
    for (const value of rates) expect(PAGE).toContain(value.toLocaleString('en-US'));
    for (const { name } of ALWAYS_ON) expect(PAGE).toContain(`_${name}_`);
  });
});
