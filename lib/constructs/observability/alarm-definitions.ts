import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  alarm,
  type AlarmDefinition,
  AT_ONCE,
  LASTING,
  NOT_RUN,
  ONCE_OF_THREE,
} from '#lib/constructs/observability/alarm-definition.ts';
import { ofLake } from '#lib/constructs/observability/lake-alarms.ts';
import { byFunction, byIndex, byOperation, byTable, sumOf, total } from '#lib/constructs/observability/metrics.ts';
import type { Watched } from '#lib/constructs/observability/watched.ts';

/** Every alarm of an LRS. `docs/operations/runbook.md` gives the reasons for each threshold, under the alarm's key. */
export function alarmDefinitions(watched: Watched): readonly AlarmDefinition[] {
  return [
    ...ofApi(watched),
    ...ofFunctions(watched),
    ...ofTables(watched),
    ...ofContent(watched),
    ...ofAccess(watched),
    ...ofKeeper(watched),
    ...ofLake(watched),
  ];
}

function ofApi({ stage, throttleRate }: Watched): readonly AlarmDefinition[] {
  const minute = Duration.minutes(1);
  const requests = stage.metricCount({ period: minute, label: 'requests a minute' });
  const latency = stage.metricLatency({ statistic: Stats.percentile(95), period: Duration.minutes(5), label: 'p95' });
  const share = Math.floor(0.8 * throttleRate * minute.toSeconds());
  return [
    alarm('api-errors', 'At least 1 % of the requests, and at least 5 of them, failed with 5xx.', errorRate(stage), {
      threshold: 1,
      ...LASTING,
    }),
    alarm('api-latency', 'For a quarter of an hour one request in 20 took 2 seconds or more.', latency, {
      threshold: 2_000,
      periods: 3,
      breaches: 3,
    }),
    alarm('request-rate', 'Requests come at 80 % of the rate from which the API refuses them with 429.', requests, {
      threshold: share,
      periods: 5,
      breaches: 3,
    }),
  ];
}

/** In percent; zero for fewer than 5 errors, so that one request of two in a quiet night is not half of all. */
function errorRate(stage: Watched['stage']): MathExpression {
  const period = Duration.minutes(5);
  return new MathExpression({
    expression: 'IF(FILL(errors, 0) >= 5, 100 * FILL(errors, 0) / FILL(requests, 1), 0)',
    usingMetrics: { errors: stage.metricServerError(), requests: stage.metricCount() },
    period,
    label: '5xx, % of requests',
  });
}

function ofFunctions(watched: Watched): readonly AlarmDefinition[] {
  const errors = sumOf(byFunction(watched.functions, 'Errors', Stats.SUM), 'errors');
  const throttles = sumOf(byFunction(watched.functions, 'Throttles', Stats.SUM), 'throttles');
  return [
    alarm(
      'function-errors',
      'A function died before it had answered: a crash, a time-out or too little memory.',
      errors,
      {
        threshold: 1,
        ...ONCE_OF_THREE,
      },
    ),
    alarm(
      'function-throttles',
      'Lambda refused to run functions: the concurrency of the account is used up.',
      throttles,
      {
        threshold: 10,
        ...ONCE_OF_THREE,
      },
    ),
  ];
}

/** Tables and indexes apart, because together they are more metrics than an alarm takes. */
function ofTables(watched: Watched): readonly AlarmDefinition[] {
  const writes = sumOf(byTable(watched, 'WriteThrottleEvents'), 'throttled writes');
  const indexWrites = sumOf(byIndex(watched, 'WriteThrottleEvents'), 'throttled writes');
  const reads = sumOf(byTable(watched, 'ReadThrottleEvents'), 'throttled reads');
  const indexReads = sumOf(byIndex(watched, 'ReadThrottleEvents'), 'throttled reads');
  const errors = sumOf(byOperation(watched, 'SystemErrors', Stats.SUM), 'system errors');
  const rule = { threshold: 10, ...LASTING };
  return [
    alarm('write-throttles', 'DynamoDB keeps throttling writes to a table.', writes, rule),
    alarm('index-write-throttles', 'DynamoDB keeps throttling writes to an index.', indexWrites, rule),
    alarm('read-throttles', 'DynamoDB keeps throttling reads from a table.', reads, rule),
    alarm('index-read-throttles', 'DynamoDB keeps throttling reads from an index.', indexReads, rule),
    alarm('dynamodb-errors', 'DynamoDB keeps failing with errors of its own.', errors, rule),
  ];
}

function ofContent(watched: Watched): readonly AlarmDefinition[] {
  return [
    alarm(
      'errors-logged',
      'A function logged a defect, or statements it could not learn from.',
      total(watched, 'ErrorsLogged'),
      {
        threshold: 1,
        ...AT_ONCE,
      },
    ),
    alarm(
      'writes-refused',
      'Content keeps sending statements that are refused, and loses them.',
      refusedRate(watched),
      {
        threshold: 2,
        periods: 2,
        breaches: 2,
      },
    ),
  ];
}

/** Whoever goes on after many failures is limited, so both are counted. */
function ofAccess(watched: Watched): readonly AlarmDefinition[] {
  const refused = sumOf([total(watched, 'AuthenticationsFailed'), total(watched, 'RequestsLimited')], 'refused');
  return [
    alarm(
      'callers-refused',
      'Unusually many requests were refused for who sent them: wrong secrets, bad tokens, or beyond limits.',
      refused,
      { threshold: 1_000, ...LASTING },
    ),
  ];
}

/** What does not run fails nowhere, and what it was to put into the audit goes after eight days. */
function ofKeeper({ functions }: Watched): readonly AlarmDefinition[] {
  const runs = functions.keeper.function.metricInvocations({ period: Duration.hours(1), label: 'runs of the keeper' });
  return [
    alarm(
      'keeper-stopped',
      'The keeper has not run for three hours, so that what is counted does not get into the audit.',
      runs,
      NOT_RUN,
    ),
  ];
}

/** In percent of all requests to store statements; zero for fewer than 20 in a quarter of an hour. */
function refusedRate(watched: Watched): MathExpression {
  return new MathExpression({
    expression: 'IF(FILL(refused, 0) >= 20, 100 * FILL(refused, 0) / FILL(writes, 1), 0)',
    usingMetrics: { refused: total(watched, 'StatementWritesRefused'), writes: total(watched, 'StatementWrites') },
    period: Duration.minutes(15),
    label: 'refused writes, %',
  });
}
