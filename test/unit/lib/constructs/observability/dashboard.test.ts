import { describe, expect, it } from 'vitest';
import { LAKE_FUNCTIONS } from '#lib/rights.ts';
import { METRICS, RESOURCES } from '#runtime/metric-names.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';
import { isWritten } from '#test/support/known-metrics.ts';
import { synthesize } from '#test/support/synthesize.ts';
import { type Widget, widgetsOf } from '#test/support/watching.ts';

const INDEXES = Object.values(TABLES).flatMap(({ indexes }) => indexes.map(({ name }) => name));

describe.each(['prod', 'dev'])('the dashboard of %s', (stage) => {
  const template = synthesize({ stage }).template('observability');
  const widgets = widgetsOf(template);
  const graphs = widgets.filter(({ type }) => type === 'metric');
  const namespace = `ServerlessLrs/lrs-${stage}`;

  function titled(title: string): Widget {
    const widget = graphs.find((each) => each.title === title);
    if (widget === undefined) throw new Error(`There is no widget ${title}.`);
    return widget;
  }

  it('is named after the LRS', () => {
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: `lrs-${stage}` });
  });

  it('draws metrics that are written', () => {
    const metrics = graphs.flatMap((graph) => graph.metrics);
    expect(metrics.filter((metric) => !isWritten(metric, namespace))).toEqual([]);
    expect(metrics.length).toBeGreaterThan(100);
  });

  it('draws every metric that the functions write', () => {
    const text = JSON.stringify(graphs);
    expect(Object.keys(METRICS).filter((name) => !text.includes(name))).toEqual([]);
    expect(titled('Refused statement writes by code').expressions).toEqual([
      `SEARCH('{"${namespace}","code"} MetricName="StatementWritesRefused"', 'Sum', 300)`,
    ]);
  });

  it.each([
    ['Requests by resource', 'Latency', 'SampleCount'],
    ['Answers with 4xx by resource', 'ClientErrors', 'Sum'],
    ['Answers with 5xx by resource', 'ServerErrors', 'Sum'],
    ['Latency by resource, p50', 'Latency', 'p50'],
    ['Latency by resource, p95', 'Latency', 'p95'],
    ['Latency by resource, p99', 'Latency', 'p99'],
    ['Cold starts by resource', 'ColdStarts', 'Sum'],
  ])('draws %s for every resource', (title, name, statistic) => {
    const dimensions = RESOURCES.map((resource) => ({ namespace, name, statistic, dimensions: { resource } }));
    expect(titled(title).metrics).toMatchObject(dimensions);
  });

  it.each([
    ['DynamoDB: write units a second', 'ConsumedWriteCapacityUnits'],
    ['DynamoDB: read units a second', 'ConsumedReadCapacityUnits'],
    ['DynamoDB: throttled writes', 'WriteThrottleEvents'],
    ['DynamoDB: throttled reads', 'ReadThrottleEvents'],
  ])('draws %s for every table and every index', (title, name) => {
    const { metrics } = titled(title);
    expect(metrics.every((metric) => metric.name === name && metric.statistic === 'Sum')).toBe(true);
    const ofTables = metrics.filter(({ dimensions }) => !('GlobalSecondaryIndexName' in dimensions));
    expect(new Set(ofTables.map(({ dimensions }) => dimensions['TableName'])).size).toBe(Object.keys(TABLES).length);
    expect(metrics.flatMap(({ dimensions }) => dimensions['GlobalSecondaryIndexName'] ?? [])).toEqual(INDEXES);
  });

  it.each([
    'Functions: concurrent executions',
    'Functions: throttles',
    'Functions: errors',
    'Functions: duration, p95',
  ])('draws %s for every function', (title) => {
    const names = titled(title).metrics.flatMap(({ dimensions }) => dimensions['FunctionName'] ?? []);
    // And those that no request reaches: the keeper, and those of the lake.
    expect(new Set(names).size).toBe(RESOURCES.length + 1 + LAKE_FUNCTIONS.length);
  });

  it('gives each widget a title of its own', () => {
    const titles = widgets.flatMap(({ title }) => title ?? []);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('shows alarms where there are some', () => {
    expect(widgets.some(({ type }) => type === 'alarm')).toBe(stage === 'prod');
  });
});
