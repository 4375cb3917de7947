import { describe, expect, it } from 'vitest';
import { SAVED_QUERIES } from '#lib/constructs/observability/saved-queries.ts';
import { readPage, sectionOf } from '#test/support/markdown.ts';
import { synthesize } from '#test/support/synthesize.ts';
import { alarmsOf, widgetsOf } from '#test/support/watching.ts';

const template = synthesize().template('observability');
const alarms = alarmsOf(template);
const page = readPage('docs/operations/runbook.md');
const chapter = sectionOf(page, 'Alarms');
const PARTS = ['Means', 'Raised', 'Look', 'Do', 'Over'];

function headingsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^### (.*)$/gmu), ([, heading = '']) => heading);
}

function boldIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\*\*([^*]+)\*\*/gu), ([, bold = '']) => bold.replaceAll('\n', ' '));
}

describe('docs/operations/runbook.md', () => {
  it('has a heading for every alarm, to which its description leads, and no other', () => {
    const anchors = alarms.map(({ description }) => description.split('docs/operations/runbook.md#')[1]);
    expect(
      headingsOf(chapter)
        .map((heading) => heading.replaceAll('`', ''))
        .toSorted(),
    ).toEqual(anchors);
  });

  it.each(alarms.map(({ name }) => name.replace('lrs-prod-', '')))(
    'says of %s what to look at and what to do',
    (key) => {
      const section = sectionOf(chapter, `\`${key}\``);
      const titles = new Set(widgetsOf(template).map(({ title }) => title));
      const bold = boldIn(section);
      expect(bold.filter((text) => PARTS.includes(text))).toEqual(PARTS);
      expect(bold.some((text) => titles.has(text))).toBe(true);
    },
  );

  it('names widgets that the dashboard has', () => {
    const titles = new Set(widgetsOf(template).map(({ title }) => title));
    const others = boldIn(chapter).filter((text) => !PARTS.includes(text) && !titles.has(text));
    expect(others).toEqual(['in plain text: keys hold addresses of learners']);
  });

  it('writes every saved query out, and no other', () => {
    const queries = sectionOf(page, 'Queries');
    expect(headingsOf(queries)).toEqual(SAVED_QUERIES.map(({ name }) => name));
    for (const { name, query } of SAVED_QUERIES) {
      expect(sectionOf(queries, name).split('```')[1]?.trim()).toBe(query);
    }
  });

  it('says how many metrics alarms watch, which is what they cost', () => {
    const metrics = alarms.flatMap((alarm) => alarm.metrics);
    expect(chapter.replaceAll('\n', ' ')).toContain(`these ${alarms.length} alarms watch ${metrics.length}`);
  });
});
