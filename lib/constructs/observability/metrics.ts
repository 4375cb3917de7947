import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Watched, WatchedFunctions } from '#lib/constructs/observability/watched.ts';
import type { TableKey } from '#lib/rights.ts';
import { type Dimension, type METRICS, type MetricName, RESOURCES } from '#runtime/metric-names.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

/** Metrics that are written for each resource. */
type ByResource = {
  [Name in MetricName]: 'resource' extends (typeof METRICS)[Name]['dimensions'][number] ? Name : never;
}[MetricName];

/** Metrics that are written for the whole deployment. */
type ForAll = {
  [Name in MetricName]: (typeof METRICS)[Name] extends { readonly dimensions: readonly [] } | { readonly total: true }
    ? Name
    : never;
}[MetricName];

const TABLE_KEYS = ['statements', 'documents', 'registry'] as const satisfies readonly TableKey[];

const PERIOD = Duration.minutes(5);

/** A metric of the functions, of the whole deployment. */
export function total({ namespace }: Watched, metricName: ForAll, period = PERIOD): Metric {
  return new Metric({ namespace, metricName, statistic: Stats.SUM, period, label: metricName });
}

/** The same, but the highest value of each period. */
export function highest(watched: Watched, metricName: ForAll): Metric {
  return total(watched, metricName).with({ statistic: Stats.MAXIMUM });
}

/** A metric of the functions, one for each resource. */
export function byResource({ namespace }: Watched, metricName: ByResource, statistic: string): Metric[] {
  return RESOURCES.map((resource) => {
    const dimensionsMap = { resource } satisfies Partial<Record<Dimension, string>>;
    return new Metric({ namespace, metricName, statistic, period: PERIOD, dimensionsMap, label: resource });
  });
}

/** A metric of Lambda, one for each function. */
export function byFunction(functions: WatchedFunctions, metricName: string, statistic: string): Metric[] {
  return Object.entries(functions).map(
    ([
      label,
      {
        function: { functionName },
      },
    ]) => {
      const dimensionsMap = { FunctionName: functionName };
      return new Metric({ namespace: 'AWS/Lambda', metricName, statistic, period: PERIOD, dimensionsMap, label });
    },
  );
}

/** How far behind the stream what writes the lake is: milliseconds since the last change of a batch was made. */
export function iteratorAge({ lakeFunctions }: Watched): Metric {
  return lakeFunctions['lake-writer'].function.metric('IteratorAge', {
    statistic: Stats.MAXIMUM,
    period: PERIOD,
    label: 'behind the stream',
  });
}

/**
 * Statements stored in a quarter of an hour in which what writes the lake was not called even once. `iteratorAge` does not
 * tell of them: it is written by calls alone.
 */
export function waitingForWriter(watched: Watched): MathExpression {
  return new MathExpression({
    expression: 'IF(FILL(calls, 0) < 1, FILL(stored, 0), 0)',
    usingMetrics: {
      calls: watched.lakeFunctions['lake-writer'].function.metricInvocations(),
      stored: total(watched, 'StatementsStored'),
    },
    period: Duration.minutes(15),
    label: 'statements nobody came for',
  });
}

/** Messages that tell what could not be brought into the lake. */
export function failuresOf({ lakeFailures }: Watched): Metric {
  return new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensionsMap: { QueueName: lakeFailures.queueName },
    statistic: Stats.MAXIMUM,
    period: PERIOD,
    label: 'failures',
  });
}

/** A metric of DynamoDB, one for each table; it leaves the indexes of the table out. */
export function byTable({ tables }: Watched, metricName: string): Metric[] {
  return TABLE_KEYS.map((key) => tableMetric(metricName, key, { TableName: tables[key].tableName }));
}

/** A metric of DynamoDB, one for each index of each table. */
export function byIndex({ tables }: Watched, metricName: string): Metric[] {
  return TABLE_KEYS.flatMap((key) => {
    const { tableName } = tables[key];
    return TABLES[key].indexes.map(({ name }) =>
      tableMetric(metricName, `${key}.${name}`, { TableName: tableName, GlobalSecondaryIndexName: name }),
    );
  });
}

/** What requests wait for most: the operations by which a trouble of DynamoDB's is seen. */
const OPERATIONS: readonly (readonly [TableKey, string])[] = [
  ['registry', 'GetItem'],
  ['statements', 'Query'],
  ['statements', 'PutItem'],
  ['statements', 'BatchWriteItem'],
  ['statements', 'TransactWriteItems'],
  ['documents', 'GetItem'],
  ['documents', 'PutItem'],
];

/** A metric of DynamoDB, one for each of the main operations. */
export function byOperation({ tables }: Watched, metricName: string, statistic: string): Metric[] {
  return OPERATIONS.map(([key, Operation]) =>
    tableMetric(metricName, `${key} ${Operation}`, { TableName: tables[key].tableName, Operation }).with({ statistic }),
  );
}

/**
 * The sum of metrics, zero where none has a value. Without `FILL` it would have no value as soon as one of them has none,
 * and an alarm on metrics of DynamoDB would stay as it is, whatever it is told to do about missing data.
 */
export function sumOf(metrics: readonly Metric[], label: string, period = PERIOD): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((id) => `FILL(${id}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, period, label });
}

function tableMetric(metricName: string, label: string, dimensionsMap: Record<string, string>): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    statistic: Stats.SUM,
    period: PERIOD,
    dimensionsMap,
    label,
  });
}
