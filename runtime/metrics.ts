import { type Dimension, type Metric, METRICS, type MetricName } from '#runtime/metric-names.ts';

/** What one line of the log tells of each metric: finite numbers. */
export type MetricValues = Partial<Readonly<Record<MetricName, number>>>;

interface MetricDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly Dimension[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

/** The member `_aws` of a line in the Embedded Metric Format of CloudWatch. */
export interface MetricMetadata {
  /** Milliseconds since 1970. */
  readonly Timestamp: number;
  readonly CloudWatchMetrics: readonly MetricDirective[];
}

/** All metrics, those together that the same dimensions identify. */
const GROUPS = groupMetrics();

/**
 * Tells CloudWatch which members of a line are metrics. The line itself has to have the values, and every dimension of
 * theirs as a text.
 */
export function metricMetadata(namespace: string, timestamp: number, values: MetricValues): MetricMetadata {
  const directives = GROUPS.flatMap(({ Dimensions, Metrics: all }) => {
    const Metrics = all.filter(({ Name }) => Name in values);
    return Metrics.length === 0 ? [] : [{ Namespace: namespace, Dimensions, Metrics }];
  });
  return { Timestamp: timestamp, CloudWatchMetrics: directives };
}

function groupMetrics(): readonly Omit<MetricDirective, 'Namespace'>[] {
  const groups = new Map<
    string,
    { Dimensions: MetricDirective['Dimensions']; Metrics: { Name: string; Unit: string }[] }
  >();
  for (const [Name, { unit: Unit, dimensions, total }] of Object.entries<Metric>(METRICS)) {
    const Dimensions = total ? [dimensions, []] : [dimensions];
    const group = groups.get(JSON.stringify(Dimensions)) ?? { Dimensions, Metrics: [] };
    group.Metrics.push({ Name, Unit });
    groups.set(JSON.stringify(Dimensions), group);
  }
  return [...groups.values()];
}
