import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage, ROOT } from '#test/support/markdown.ts';

const RECORDS = globSync('docs/adr/[0-9]*.md', { cwd: ROOT }).sort();

describe('docs/adr', () => {
  it('numbers the records from 1 on, without gaps', () => {
    const numbers = RECORDS.map((path) => Number(basename(path).slice(0, 4)));
    expect(numbers).toEqual(RECORDS.map((_, index) => index + 1));
  });

  it.each(RECORDS)('%s has its number, every part, and a place in the index', (path) => {
    const page = readPage(path);
    const headings = Array.from(page.matchAll(/^(#+) (.*)$/gmu), ([, , text = '']) => text);
    const [title = '', ...parts] = headings;
    const number = basename(path).slice(0, 4);
    expect(parts).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    const entry = `[${number}](${basename(path)}) ${title.replace(`${Number(number)}. `, '')}`;
    expect(readPage('docs/adr/README.md').replaceAll(/\s+/gu, ' ')).toContain(`- ${entry} `);
  });
});
