import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  byFunction,
  byIndex,
  byOperation,
  byResource,
  byTable,
  failuresOf,
  highest,
  iteratorAge,
  total,
} from '#lib/constructs/observability/metrics.ts';
import type { Watched, WatchedFunctions } from '#lib/constructs/observability/watched.ts';
import type { MetricName } from '#runtime/metric-names.ts';

const REFUSED: MetricName = 'StatementWritesRefused';

/** Of the grid of CloudWatch, which is 24 wide. */
const FULL_WIDTH = 24;

/** One dashboard for an LRS: whether it is up, what it does, what of it gets out, what limits it. `docs/operations/runbook.md` reads it. */
export function createDashboard(scope: Construct, id: string, watched: Watched, alarms: readonly Alarm[]): void {
  new Dashboard(scope, id, {
    dashboardName: watched.name,
    defaultInterval: Duration.hours(12),
    widgets: [
      ...(alarms.length === 0
        ? []
        : [[new AlarmStatusWidget({ title: 'Alarms', width: FULL_WIDTH, alarms: [...alarms] })]]),
      heading('Is it up?'),
      ...isItUp(watched),
      heading('What does it do?'),
      ...whatItDoes(watched),
      heading('What gets out for analysis?'),
      ...whatGetsOut(watched),
      heading('What limits it?'),
      ...whatLimitsIt(watched),
    ],
  });
}

function isItUp(watched: Watched): IWidget[][] {
  const { stage } = watched;
  return [
    [
      graph('Requests by resource', byResource(watched, 'Latency', Stats.SAMPLE_COUNT)),
      graph('Answers with 4xx by resource', byResource(watched, 'ClientErrors', Stats.SUM)),
      graph('Answers with 5xx by resource', byResource(watched, 'ServerErrors', Stats.SUM)),
      graph('Gateway: requests and errors', [
        stage.metricCount({ label: 'requests' }),
        stage.metricClientError({ label: '4xx' }),
        stage.metricServerError({ label: '5xx' }),
      ]),
    ],
    [
      graph('Latency by resource, p50', byResource(watched, 'Latency', 'p50')),
      graph('Latency by resource, p95', byResource(watched, 'Latency', 'p95')),
      graph('Latency by resource, p99', byResource(watched, 'Latency', 'p99')),
      graph('Gateway: latency', [
        ...[50, 95, 99].map((p) => stage.metricLatency({ statistic: Stats.percentile(p), label: `p${p}` })),
        stage.metricIntegrationLatency({ statistic: Stats.percentile(95), label: 'of functions, p95' }),
      ]),
    ],
  ];
}

function whatItDoes(watched: Watched): IWidget[][] {
  const refused = new MathExpression({
    expression: `SEARCH('{"${watched.namespace}","code"} MetricName="${REFUSED}"', 'Sum', 300)`,
    // CloudWatch writes the code of each line it finds.
    label: "${PROP('Dim.code')}",
  });
  return [
    [
      graph('Statements stored', [total(watched, 'StatementsStored')]),
      graph('Statements returned', [total(watched, 'StatementsReturned')]),
      graph('Refused statement writes by code', [refused]),
      graph('Errors logged', [total(watched, 'ErrorsLogged')]),
    ],
    [
      graph('Authentications failed', [total(watched, 'AuthenticationsFailed')]),
      graph('Requests limited', [total(watched, 'RequestsLimited')]),
    ],
  ];
}

function whatGetsOut(watched: Watched): IWidget[][] {
  return [
    [
      graph('Lake: lag', [highest(watched, 'LakeLag'), iteratorAge(watched)]),
      graph('Lake: rows', [total(watched, 'LakeRows'), total(watched, 'LakeRowsRemoved')]),
      graph('Lake: failures', [failuresOf(watched)]),
      graph('Jobs', [total(watched, 'JobsFinished'), total(watched, 'JobsFailed')]),
    ],
  ];
}

function whatLimitsIt(watched: Watched): IWidget[][] {
  const ofAccount = new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'ConcurrentExecutions',
    statistic: Stats.MAXIMUM,
    label: 'all of the account',
  });
  return [
    [
      graph('DynamoDB: write units a second', aSecond(byTableAndIndex(watched, 'ConsumedWriteCapacityUnits'))),
      graph('DynamoDB: read units a second', aSecond(byTableAndIndex(watched, 'ConsumedReadCapacityUnits'))),
      graph('DynamoDB: throttled writes', byTableAndIndex(watched, 'WriteThrottleEvents')),
      graph('DynamoDB: throttled reads', byTableAndIndex(watched, 'ReadThrottleEvents')),
    ],
    [
      graph('DynamoDB: latency by operation', byOperation(watched, 'SuccessfulRequestLatency', Stats.AVERAGE)),
      graph('DynamoDB: system errors', byOperation(watched, 'SystemErrors', Stats.SUM)),
      graph('Functions: concurrent executions', [
        ...byFunction(allFunctions(watched), 'ConcurrentExecutions', Stats.MAXIMUM),
        ofAccount,
      ]),
      graph('Functions: throttles', byFunction(allFunctions(watched), 'Throttles', Stats.SUM)),
    ],
    [
      graph('Functions: errors', byFunction(allFunctions(watched), 'Errors', Stats.SUM)),
      graph('Functions: duration, p95', byFunction(allFunctions(watched), 'Duration', 'p95')),
      graph('Cold starts by resource', byResource(watched, 'ColdStarts', Stats.SUM)),
    ],
  ];
}

function allFunctions({ functions, lakeFunctions }: Watched): WatchedFunctions {
  return { ...functions, ...lakeFunctions };
}

function byTableAndIndex(watched: Watched, metricName: string): Metric[] {
  return [...byTable(watched, metricName), ...byIndex(watched, metricName)];
}

/** Limits are given by the second, whatever the period of the graph. */
function aSecond(sums: readonly Metric[]): MathExpression[] {
  return sums.map((metric, index) => {
    const id = `units${index}`;
    return new MathExpression({
      expression: `${id} / PERIOD(${id})`,
      usingMetrics: { [id]: metric },
      label: metric.label ?? id,
    });
  });
}

function graph(title: string, left: IMetric[]): GraphWidget {
  return new GraphWidget({ title, left, width: FULL_WIDTH / 4, height: 6, leftYAxis: { min: 0, showUnits: false } });
}

function heading(text: string): IWidget[] {
  return [new TextWidget({ markdown: `## ${text}`, width: FULL_WIDTH, height: 1 })];
}
