import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { BucketKey, InvokedFunction, Right, TableKey } from '#lib/rights.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

/** What rights are about, as it is called in the account; names and ARNs may be tokens. */
export interface RightsResources {
  readonly tables: Readonly<
    Record<TableKey, { readonly tableArn: string; readonly tableStreamArn?: string | undefined }>
  >;
  readonly buckets: Readonly<Record<BucketKey, { readonly bucketArn: string }>>;
  readonly signingKeys: { readonly secretArn: string };
  readonly functions: Readonly<Record<InvokedFunction, { readonly functionArn: string }>>;
}

/** What Lambda asks for before it reads a stream (Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB"). */
const READ_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListShards', 'ListStreams'];

/**
 * The statements of the policy that grants these rights, one for each right, on exact ARNs. A wildcard stands only behind
 * the prefix of objects, whose names nobody knows beforehand.
 */
export function policyStatements(rights: readonly Right[], resources: RightsResources): PolicyStatement[] {
  return rights.map((right) => policyStatement(right, resources));
}

function policyStatement(right: Right, resources: RightsResources): PolicyStatement {
  const { tables, buckets, signingKeys, functions } = resources;
  if ('table' in right) {
    return new PolicyStatement({
      actions: actionsOf('dynamodb', right.actions),
      resources: [tables[right.table].tableArn],
      ...(right.keys !== undefined && { conditions: onlyKeys(right.keys) }),
    });
  }
  if ('indexes' in right) {
    const { tableArn } = tables[right.indexes];
    const indexes = TABLES[right.indexes].indexes.map(({ name }) => `${tableArn}/index/${name}`);
    return new PolicyStatement({ actions: actionsOf('dynamodb', right.actions), resources: indexes });
  }
  if ('secret' in right) {
    return new PolicyStatement({
      actions: actionsOf('secretsmanager', right.actions),
      resources: [signingKeys.secretArn],
    });
  }
  if ('stream' in right) {
    const { tableStreamArn } = tables[right.stream];
    if (tableStreamArn === undefined) throw new Error(`The table ${right.stream} has no stream.`);
    return new PolicyStatement({ actions: actionsOf('dynamodb', READ_STREAM), resources: [tableStreamArn] });
  }
  if ('invoke' in right) {
    const { functionArn } = functions[right.invoke];
    return new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] });
  }
  const { bucketArn } = buckets[right.bucket];
  const resource = 'objects' in right ? `${bucketArn}/${right.objects}*` : bucketArn;
  return new PolicyStatement({ actions: actionsOf('s3', right.actions), resources: [resource] });
}

/**
 * Every partition key that a request names must be like one of the patterns. A request that names none would pass, too,
 * because what is said of all values of nothing is true; no action used here is without a key, so having one is demanded.
 */
function onlyKeys(patterns: readonly string[]): Record<string, Record<string, string | string[]>> {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}

function actionsOf(service: string, actions: readonly string[]): string[] {
  return actions.map((action) => `${service}:${action}`);
}
