import type { Template } from 'aws-cdk-lib/assertions';
import { textOf } from '#test/support/template-text.ts';

/** A metric as an alarm or a dashboard names it; what only CloudFormation knows stands in angle brackets. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  /** Seconds; undefined on a dashboard, which takes what fits its range. */
  readonly period: number | undefined;
}

export interface WatchedAlarm {
  readonly name: string;
  readonly description: string;
  /** Of a single metric there is none. */
  readonly expression: string | undefined;
  readonly metrics: readonly WatchedMetric[];
  /** All that the template says. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Alarms of a template, in the order of their names. */
export function alarmsOf(template: Template): readonly WatchedAlarm[] {
  const resources = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  return resources
    .map((resource): WatchedAlarm => {
      const properties: Readonly<Record<string, unknown>> = resource['Properties'];
      const queries = list(properties['Metrics']);
      const expressions = queries.filter((query) => 'Expression' in query);
      return {
        name: textOf(properties['AlarmName']),
        description: textOf(properties['AlarmDescription']),
        expression: expressions.length === 0 ? undefined : textOf(expressions[0]?.['Expression']),
        metrics:
          queries.length === 0
            ? [metricOf(properties, properties)]
            : queries.filter((query) => 'MetricStat' in query).map((query) => ofQuery(query['MetricStat'])),
        properties,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function ofQuery(value: unknown): WatchedMetric {
  const stat = members(value);
  return metricOf(members(stat['Metric']), stat);
}

function metricOf(metric: Readonly<Record<string, unknown>>, how: Readonly<Record<string, unknown>>): WatchedMetric {
  return {
    namespace: textOf(metric['Namespace']),
    name: textOf(metric['MetricName']),
    dimensions: Object.fromEntries(
      list(metric['Dimensions']).map((each) => [textOf(each['Name']), textOf(each['Value'])]),
    ),
    statistic: textOf(how['Stat'] ?? how['Statistic'] ?? how['ExtendedStatistic']),
    period: Number(how['Period']),
  };
}

export interface Widget {
  readonly type: string;
  readonly title: string | undefined;
  readonly metrics: readonly WatchedMetric[];
  readonly expressions: readonly string[];
}

/** Widgets of the one dashboard of a template. */
export function widgetsOf(template: Template): readonly Widget[] {
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const body = members(JSON.parse(textOf(dashboard?.['Properties'].DashboardBody)));
  return list(body['widgets']).map((widget) => {
    const properties = members(widget['properties']);
    const rows = Array.isArray(properties['metrics']) ? properties['metrics'].map(rowOf) : [];
    return {
      type: textOf(widget['type']),
      title: properties['title'] === undefined ? undefined : textOf(properties['title']),
      metrics: rows.flatMap(({ metric }) => metric ?? []),
      expressions: rows.flatMap(({ expression }) => expression ?? []),
    };
  });
}

/** A row is namespace, name, names and values of dimensions in turn, and at last how it is drawn. */
function rowOf(row: unknown): { readonly metric?: WatchedMetric; readonly expression?: string } {
  const cells: readonly unknown[] = Array.isArray(row) ? row : [];
  const how = members(cells.at(-1));
  if ('expression' in how) return { expression: textOf(how['expression']) };
  const [namespace, name, ...dimensions] = cells.slice(0, -1).map(textOf);
  const pairs = dimensions.flatMap((value, index) => (index % 2 === 0 ? [[value, dimensions[index + 1] ?? '']] : []));
  const statistic = textOf(how['stat'] ?? 'Average');
  const metric = { namespace: namespace ?? '', name: name ?? '', dimensions: Object.fromEntries(pairs), statistic };
  return { metric: { ...metric, period: undefined } };
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} has no members.`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(members) : [];
}
