import { type Metric, METRICS, RESOURCES } from '#runtime/metric-names.ts';
import type { WatchedMetric } from '#test/support/watching.ts';

/**
 * The metrics of AWS that are used, each with the sets of dimensions it is published with:
 * - Amazon DynamoDB Developer Guide, DynamoDB metrics and dimensions
 * - AWS Lambda Developer Guide, Types of metrics for Lambda functions
 * - Amazon SQS Developer Guide, Available CloudWatch metrics for Amazon SQS
 * - API Gateway Developer Guide, Monitor CloudWatch metrics for HTTP APIs
 */
const OF_AWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS/DynamoDB': {
    ConsumedReadCapacityUnits: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    ConsumedWriteCapacityUnits: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    ReadThrottleEvents: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    WriteThrottleEvents: ['TableName', 'GlobalSecondaryIndexName,TableName'],
    SuccessfulRequestLatency: ['Operation,TableName'],
    SystemErrors: ['Operation,TableName'],
  },
  'AWS/Lambda': {
    ConcurrentExecutions: ['FunctionName', ''],
    Duration: ['FunctionName'],
    Errors: ['FunctionName'],
    Invocations: ['FunctionName'],
    IteratorAge: ['FunctionName'],
    Throttles: ['FunctionName'],
  },
  'AWS/SQS': { ApproximateNumberOfMessagesVisible: ['QueueName'] },
  'AWS/ApiGateway': {
    Count: ['ApiId,Stage'],
    '4xx': ['ApiId,Stage'],
    '5xx': ['ApiId,Stage'],
    Latency: ['ApiId,Stage'],
    IntegrationLatency: ['ApiId,Stage'],
  },
};

/** Whether somebody writes this metric: AWS, or the functions of the LRS whose namespace it is. */
export function isWritten({ namespace, name, dimensions }: WatchedMetric, own: string): boolean {
  const names = Object.keys(dimensions).sort().join();
  if (namespace !== own) return OF_AWS[namespace]?.[name]?.includes(names) ?? false;
  const metric: Metric | undefined = Object.entries<Metric>(METRICS).find(([written]) => written === name)?.[1];
  if (metric === undefined) return false;
  const known = [metric.dimensions.toSorted().join(), ...(metric.total ? [''] : [])].includes(names);
  return known && RESOURCES.some((resource) => resource === (dimensions['resource'] ?? resource));
}
