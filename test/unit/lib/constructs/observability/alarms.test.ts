import { describe, expect, it } from 'vitest';
import { RESOURCES } from '#runtime/metric-names.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';
import { isWritten } from '#test/support/known-metrics.ts';
import { synthesize } from '#test/support/synthesize.ts';
import { alarmsOf, type WatchedAlarm } from '#test/support/watching.ts';

const template = synthesize().template('observability');
const alarms = alarmsOf(template);

const INDEXES = Object.values(TABLES).flatMap(({ indexes }) => indexes.map(({ name }) => name));

function named(key: string): WatchedAlarm {
  const alarm = alarms.find(({ name }) => name === `lrs-prod-${key}`);
  if (alarm === undefined) throw new Error(`There is no alarm ${key}.`);
  return alarm;
}

describe.each(alarms.map((alarm) => [alarm.name, alarm] as const))('the alarm %s', (_, alarm) => {
  it('watches metrics that are written', () => {
    expect(alarm.metrics.filter((metric) => !isWritten(metric, 'ServerlessLrs/lrs-prod'))).toEqual([]);
    expect(alarm.metrics.length).toBeGreaterThan(0);
  });

  it('takes no more metrics than an alarm may', () => {
    expect(alarm.metrics.length).toBeLessThanOrEqual(10);
  });

  it('is quiet when nobody uses the LRS, unless it watches what always runs', () => {
    const isLeast = alarm.name.endsWith('-stopped');
    expect(alarm.properties['TreatMissingData']).toBe(isLeast ? 'breaching' : 'notBreaching');
  });

  it('tells the topic when it is raised and when it is over', () => {
    const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
    expect(alarm.properties).toMatchObject({ AlarmActions: [{ Ref: topic }], OKActions: [{ Ref: topic }] });
  });

  it('ends with where the runbook tells what to do', () => {
    const key = alarm.name.replace('lrs-prod-', '');
    expect(alarm.description).toMatch(new RegExp(`^[A-Z].*\\. What to do: docs/operations/runbook\\.md#${key}$`, 'u'));
  });
});

describe('alarms', () => {
  it.each([
    ['api-errors', 1, 3, 2, 300],
    ['api-latency', 2_000, 3, 3, 300],
    ['request-rate', 96_000, 5, 3, 60],
    ['function-errors', 1, 3, 1, 300],
    ['function-throttles', 10, 3, 1, 300],
    ['write-throttles', 10, 3, 2, 300],
    ['index-write-throttles', 10, 3, 2, 300],
    ['read-throttles', 10, 3, 2, 300],
    ['index-read-throttles', 10, 3, 2, 300],
    ['dynamodb-errors', 10, 3, 2, 300],
    ['errors-logged', 1, 1, 1, 300],
    ['writes-refused', 2, 2, 2, 900],
    ['callers-refused', 1_000, 3, 2, 300],
    ['lake-lag', 900_000, 3, 3, 300],
    ['lake-stalled', 1, 3, 3, 900],
    ['lake-failures', 1, 1, 1, 300],
    ['lake-errors', 3, 1, 1, 3_600],
    ['lake-throttles', 1, 3, 2, 300],
  ])('%s is raised at %d, in a number of periods of some seconds', (key, Threshold, periods, breaches, seconds) => {
    const { properties, metrics } = named(key);
    expect(properties).toMatchObject({
      Threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: breaches,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    expect(new Set(metrics.map(({ period }) => period))).toEqual(new Set([seconds]));
  });

  it.each([
    ['keeper-stopped', 'function-errors', 'Keep'],
    ['compactor-stopped', 'lake-errors', 'Compact'],
  ])('%s is raised when the function has not run for three hours', (key, ofErrors, id) => {
    const { properties, metrics } = named(key);
    expect(properties).toMatchObject({
      Threshold: 1,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
      ComparisonOperator: 'LessThanThreshold',
    });
    expect(metrics).toMatchObject([{ namespace: 'AWS/Lambda', name: 'Invocations', statistic: 'Sum', period: 3_600 }]);
    const [errors] = named(ofErrors).metrics.filter(({ dimensions }) => dimensions['FunctionName']?.includes(id));
    expect(metrics[0]?.dimensions).toEqual(errors?.dimensions);
  });

  it('cost what the runbook says: ten cents a month for each metric they watch', () => {
    expect(alarms).toHaveLength(20);
    expect(alarms.flatMap(({ metrics }) => metrics)).toHaveLength(70);
  });

  it('have a value where one of their metrics has none', () => {
    const sums = alarms.filter(({ metrics }) => metrics.length > 1);
    const filled = sums.map(({ expression = '' }) => new Set(expression.match(/(?<=FILL\()\w+(?=, [01]\))/gu)).size);
    expect(filled).toEqual(sums.map(({ metrics }) => metrics.length));
    expect(
      sums.flatMap(({ expression }) => expression?.replaceAll(/FILL\(\w+, [01]\)/gu, '').match(/m\d+/u) ?? []),
    ).toEqual([]);
  });

  it.each([
    ['write-throttles', 'WriteThrottleEvents'],
    ['read-throttles', 'ReadThrottleEvents'],
  ])('%s watches every table, and its like for indexes every index', (key, event) => {
    const [ofTables, ofIndexes] = [named(key), named(`index-${key}`)];
    for (const { metrics, expression } of [ofTables, ofIndexes]) {
      expect(metrics.map(({ name, statistic }) => [name, statistic])).toEqual(metrics.map(() => [event, 'Sum']));
      expect(expression).toBe(metrics.map((_, index) => `FILL(m${index}, 0)`).join(' + '));
    }
    expect(ofTables.metrics.map(({ dimensions }) => Object.keys(dimensions))).toEqual(
      Object.keys(TABLES).map(() => ['TableName']),
    );
    expect(new Set(ofTables.metrics.map(({ dimensions }) => dimensions['TableName'])).size).toBe(
      ofTables.metrics.length,
    );
    expect(ofIndexes.metrics.map(({ dimensions }) => dimensions['GlobalSecondaryIndexName'])).toEqual(INDEXES);
  });

  it.each([
    ['function-errors', 'Errors'],
    ['function-throttles', 'Throttles'],
  ])('%s watches every function, that which the clock calls, too', (key, metric) => {
    const { metrics } = named(key);
    expect(new Set(metrics.map(({ name, statistic }) => `${name} ${statistic}`))).toEqual(new Set([`${metric} Sum`]));
    expect(new Set(metrics.map(({ dimensions }) => dimensions['FunctionName'])).size).toBe(RESOURCES.length + 1);
  });

  it.each([
    ['lake-errors', 'Errors'],
    ['lake-throttles', 'Throttles'],
  ])('%s watches every function that no request reaches', (key, metric) => {
    const { metrics } = named(key);
    expect(new Set(metrics.map(({ name, statistic }) => `${name} ${statistic}`))).toEqual(new Set([`${metric} Sum`]));
    expect(new Set(metrics.map(({ dimensions }) => dimensions['FunctionName'])).size).toBe(3);
  });

  it('watch how far the lake is behind by the stream, as far as its writer is called', () => {
    expect(named('lake-lag').metrics).toMatchObject([
      { namespace: 'AWS/Lambda', name: 'IteratorAge', statistic: 'Maximum' },
    ]);
  });

  it('watch what is stored while the writer of the lake is not called', () => {
    const { metrics, expression } = named('lake-stalled');
    expect(expression).toBe('IF(FILL(calls, 0) < 1, FILL(stored, 0), 0)');
    expect(metrics).toMatchObject([
      { namespace: 'AWS/Lambda', name: 'Invocations', statistic: 'Sum' },
      { name: 'StatementsStored', dimensions: {}, statistic: 'Sum' },
    ]);
    expect(metrics[0]?.dimensions).toEqual(named('lake-lag').metrics[0]?.dimensions);
  });

  it('watch the queue of what was given up', () => {
    const [queue] = Object.keys(synthesize().template('lake').findResources('AWS::SQS::Queue'));
    const { metrics } = named('lake-failures');
    expect(metrics).toMatchObject([{ namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible' }]);
    expect(metrics[0]?.dimensions['QueueName']).toContain(queue);
  });

  it('rate errors of the API from the fifth on, against all requests', () => {
    const { metrics, expression } = named('api-errors');
    expect(expression).toBe('IF(FILL(errors, 0) >= 5, 100 * FILL(errors, 0) / FILL(requests, 1), 0)');
    expect(metrics.map(({ name, statistic }) => [name, statistic])).toEqual([
      ['5xx', 'Sum'],
      ['Count', 'SampleCount'],
    ]);
  });

  it('watch latency as the slowest 5 % of clients see it', () => {
    expect(named('api-latency').metrics).toMatchObject([
      { namespace: 'AWS/ApiGateway', name: 'Latency', statistic: 'p95' },
    ]);
  });

  it('rate refused writes, of all codes together, against all writes: arrays count once on both sides', () => {
    const { metrics, expression } = named('writes-refused');
    expect(expression).toContain('FILL(refused, 0) >= 20');
    expect(metrics).toMatchObject([
      { name: 'StatementWritesRefused', dimensions: {}, statistic: 'Sum' },
      { name: 'StatementWrites', dimensions: {}, statistic: 'Sum' },
    ]);
  });

  it('follow the rate that the API is throttled at', () => {
    const slow = alarmsOf(synthesize({ throttleRate: 100 }).template('observability'));
    expect(slow.find(({ name }) => name === 'lrs-prod-request-rate')?.properties['Threshold']).toBe(4_800);
  });
});
