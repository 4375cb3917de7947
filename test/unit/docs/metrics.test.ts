import { describe, expect, it } from 'vitest';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';
import { type Metric, METRICS, RESOURCES } from '#runtime/metric-names.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';

const rows = tableRows(sectionOf(readPage('docs/reference/metrics.md'), 'Metrics'));

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

describe('the dimension `resource`', () => {
  it('has a value for every function of the route table, and no other', () => {
    expect(RESOURCES).toEqual(ROUTED_FUNCTIONS);
  });
});
