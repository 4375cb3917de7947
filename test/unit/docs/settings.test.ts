import { describe, expect, it } from 'vitest';
import { readSettings } from '#lib/config/read-settings.ts';
import { settingReaders } from '#lib/config/settings.ts';
import { STAGES } from '#lib/config/stages.ts';
import { codeOf, readPage, tableRows } from '#test/support/markdown.ts';

/** Name → the cell with its default. */
const DOCUMENTED = new Map(
  tableRows(readPage('docs/reference/settings.md')).map(([name, value = '']) => [codeOf(name) ?? '', value]),
);

/** `true` (prod), `false` (dev) → that of the stage; one code for both; `none`. */
function documentedDefault(cell: string, stage: string): string | undefined {
  if (cell === 'none') return undefined;
  const ofStage = new RegExp(`\`([^\`]+)\` \\(${stage}\\)`, 'u').exec(cell)?.[1];
  return ofStage ?? codeOf(cell);
}

describe('docs/reference/settings.md', () => {
  it('names every setting, and no other', () => {
    expect([...DOCUMENTED.keys()]).toEqual(['stage', ...Object.keys(settingReaders('prod'))]);
  });

  it.each(STAGES)('gives the defaults of %s', (stage) => {
    const { stage: _, tags, ...settings } = readSettings({ stage });
    expect(tags).toEqual({});
    for (const [name, value] of Object.entries(settings)) {
      expect([name, documentedDefault(DOCUMENTED.get(name) ?? '', stage)]).toEqual([
        name,
        value === undefined ? undefined : String(value),
      ]);
    }
  });

  it('says which stage it is without one', () => {
    expect(documentedDefault(DOCUMENTED.get('stage') ?? '', 'prod')).toBe(readSettings({}).stage);
  });
});
