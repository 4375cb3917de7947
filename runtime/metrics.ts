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

/**
 * Tells CloudWatch which members of a line are metrics. The line itself has to have the values, and every dimension of
 * theirs as a text.
 */
export function metricMetadata(namespace: string, timestamp: number, values: MetricValues): MetricMetadata {
  const bySets = new Map<
    string,
    { sets: MetricDirective['Dimensions']; metrics: MetricDirective['Metrics'][number][] }
  >();
  for (const [name, { unit, dimensions, total }] of Object.entries<Metric>(METRICS)) {
    if (!(name in values)) continue;
    const sets = total ? [dimensions, []] : [dimensions];
    const group = bySets.get(JSON.stringify(sets)) ?? { sets, metrics: [] };
    group.metrics.push({ Name: name, Unit: unit });
    bySets.set(JSON.stringify(sets), group);
  }
  const directives = Array.from(bySets.values(), ({ sets, metrics }) => ({
    Namespace: namespace,
    Dimensions: sets,
    Metrics: metrics,
  }));
  return { Timestamp: timestamp, CloudWatchMetrics: directives };
}
