import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingReaders } from '#lib/config/settings.ts';
import { ENVIRONMENT_NAMES } from '#runtime/environment-names.ts';
import { codeOf, readPage, ROOT, sectionOf, tableRows } from '#test/support/markdown.ts';
import { CHECKS } from '#tools/smoke/checks.ts';
import { cleanUp } from '#tools/smoke/checks/clean-up.ts';
import { HELP } from '#tools/smoke/help.ts';
import { SMOKE_IRI } from '#tools/smoke/smoke-data.ts';

const PAGE = readPage('docs/operations/smoke.md');
const SOURCE = globSync('tools/smoke/**/*.ts', { cwd: ROOT }).map(readPage).join('\n');

function rowsOf(heading: string): readonly (readonly (string | undefined)[])[] {
  return tableRows(sectionOf(PAGE, heading)).map(([first, ...rest]) => [codeOf(first), ...rest]);
}

describe('docs/operations/smoke.md', () => {
  it('tells of every check what it proves, in the order they run', () => {
    expect(rowsOf('Checks').map((row) => row.slice(0, 2))).toEqual(
      [...CHECKS, cleanUp].map(({ name, proves }) => [name, proves]),
    );
  });

  it('tells of every option and its variable, as --help does', () => {
    const documented = rowsOf('Options').flatMap(([option, variable = '']) => [
      option?.split(' ')[0],
      codeOf(variable),
    ]);
    const inHelp = HELP.match(/^ {2}--[\w-]+|LRS_SMOKE_[A-Z_]+(?=[,.\n])/gmu)?.map((text) => text.trim()) ?? [];
    expect(new Set(documented.filter(Boolean))).toEqual(new Set(inHelp));
  });

  it('names what is written', () => {
    expect(PAGE).toContain(`\`${SMOKE_IRI}/\``);
  });
});

describe('the advice of the smoke run', () => {
  it('names settings that exist', () => {
    const named = [...SOURCE.matchAll(/-c (\w+)=|\bthe settings? (\w+)(?:,? and (\w+))?(?:, or (\w+))?/gu)];
    const names = named.flatMap((match) => match.slice(1)).filter((name) => name !== undefined);
    expect(names).toContain('edge');
    expect(names).toContain('basePath');
    expect(names.filter((name) => !(name in settingReaders('prod')))).toEqual([]);
  });

  it('names environment variables that exist', () => {
    const names = [...SOURCE.matchAll(/\bLRS_(?!SMOKE_)[A-Z_]+/gu)].map(([name]) => name);
    expect(names).toContain('LRS_BASE_PATH');
    expect(names.filter((name) => !ENVIRONMENT_NAMES.some((known) => known === name))).toEqual([]);
  });
});
