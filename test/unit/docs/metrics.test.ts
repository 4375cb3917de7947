import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';
import { type Metric, METRICS, RESOURCES } from '#runtime/metric-names.ts';
import { codeOf, readPage, ROOT, sectionOf, tableRows } from '#test/support/markdown.ts';

const PAGE = readPage('docs/reference/metrics.md');
const rows = tableRows(sectionOf(PAGE, 'Metrics'));
const SOURCES = globSync('{functions,http,lake,storage,tokens}/**/*.ts', { cwd: ROOT });
const LOGGED = /\blogger(?:\.\w+|\[[^\]]+\])\(\s*'(?<message>[^']+)'/gu;

/** The first column is the name of a metric or of a dimension. */
function rowOf(name: string): readonly string[] {
  return rows.find(([first]) => codeOf(first) === name) ?? [];
}

describe('docs/reference/metrics.md', () => {
  it('has every metric, in the order of the code, and every dimension, and nothing else', () => {
    expect(rows.map(([name]) => codeOf(name))).toEqual([...Object.keys(METRICS), 'resource', 'code']);
  });

  it.each(Object.entries<Metric>(METRICS))('gives unit and dimensions of %s and says what it means', (name, metric) => {
    const [, unit, dimensions, meaning] = rowOf(name);
    expect(unit).toBe(metric.unit);
    const names = metric.dimensions.map((dimension) => `\`${dimension}\``).join(', ') || 'none';
    expect(dimensions).toBe(metric.total ? `${names}, and none` : names);
    expect(meaning).toMatch(/\w/u);
  });

  it('lists the values of the dimension `resource`', () => {
    const [list = ''] = (rowOf('resource')[1] ?? '').split(':');
    expect(Array.from(list.matchAll(/`([^`]+)`/gu), ([, name]) => name)).toEqual(RESOURCES);
  });
});

describe('the lines of the log', () => {
  it('are those that the code writes', () => {
    const [, others = ''] = PAGE.split('Other lines have');
    const written = SOURCES.flatMap((path) =>
      Array.from(readFileSync(`${ROOT}${path}`, 'utf8').matchAll(LOGGED), ({ groups }) => groups?.['message']),
    );
    expect(new Set(['request', ...tableRows(others).map(([message]) => codeOf(message))])).toEqual(new Set(written));
  });
});

describe('the dimension `resource`', () => {
  it('has a value for every function of the route table, and no other', () => {
    expect(RESOURCES).toEqual(ROUTED_FUNCTIONS);
  });
});
