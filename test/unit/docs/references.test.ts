import { existsSync, globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPage, ROOT } from '#test/support/markdown.ts';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: ROOT })];
const FOLDERS = 'xapi|schemas|access|storage|tokens|http|runtime|functions|cli|lib|bin|local|bench|tools|test|docs';

/** As GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  return Array.from(page.matchAll(/^#+ (.*)$/gmu), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.each(PAGES)('%s', (path) => {
  const page = readPage(path);

  it('links to pages and headings that exist', () => {
    const links = Array.from(page.matchAll(/\]\(([^)\s]+)\)/gu), ([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^https?:/u.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : relative(ROOT, join(ROOT, dirname(path), file));
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(readPage(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const named = Array.from(page.matchAll(/`([^`\s]+)`/gu), ([, text = '']) => text);
    const paths = named.filter((text) => new RegExp(`^(?:${FOLDERS})/[\\w./-]*$`, 'u').test(text));
    expect(paths.filter((text) => !existsSync(join(ROOT, text)))).toEqual([]);
  });
});
