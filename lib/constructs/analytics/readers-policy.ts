import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { prefixesOf, type Readers } from '#lib/constructs/analytics/readers.ts';

export interface ReadersPolicyProps {
  readonly lrs: string;
  readonly readers: Readers;
  readonly databaseName: string;
  readonly workgroup: string;
  /** That has the lake. */
  readonly lake: Bucket;
  readonly results: Bucket;
  /** Of the keys of their results. */
  readonly resultsPrefix: string;
}

/**
 * What readers need, to be attached to whatever they sign in with: a role, a permission set, the role of a tool. The right to
 * the key of the owner, where there is one, its own policy gives to all who reach the objects by S3.
 */
export function createReadersPolicy(scope: Construct, id: string, props: ReadersPolicyProps): ManagedPolicy {
  const { lrs, readers } = props;
  return new ManagedPolicy(scope, id, {
    description: `Reads the lake of ${lrs} by Athena, for those ${readers.who}`,
    statements: [...athena(Stack.of(scope), props), catalog(Stack.of(scope), props), ...lake(props), ...results(props)],
  });
}

function athena(stack: Stack, { workgroup }: ReadersPolicyProps): readonly PolicyStatement[] {
  const arn = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'athena', resource, resourceName });
  return [
    new PolicyStatement({
      actions: [
        'GetWorkGroup',
        'StartQueryExecution',
        'StopQueryExecution',
        'GetQueryExecution',
        'BatchGetQueryExecution',
        'ListQueryExecutions',
        'GetQueryResults',
        'GetQueryResultsStream',
        'GetQueryRuntimeStatistics',
        'GetNamedQuery',
        'BatchGetNamedQuery',
        'ListNamedQueries',
      ].map((action) => `athena:${action}`),
      resources: [arn('workgroup', workgroup)],
    }),
    new PolicyStatement({
      actions: ['GetDataCatalog', 'GetDatabase', 'ListDatabases', 'GetTableMetadata', 'ListTableMetadata'].map(
        (action) => `athena:${action}`,
      ),
      resources: [arn('datacatalog', 'AwsDataCatalog')],
    }),
  ];
}

/** Glue wants the right to a table, to its database and to the catalog. */
function catalog(stack: Stack, { databaseName, readers }: ReadersPolicyProps): PolicyStatement {
  const arn = (resource: string, resourceName?: string): string =>
    stack.formatArn({
      service: 'glue',
      resource,
      ...(resourceName === undefined ? { arnFormat: ArnFormat.NO_RESOURCE_NAME } : { resourceName }),
    });
  return new PolicyStatement({
    actions: [
      'GetDatabase',
      'GetDatabases',
      'GetTable',
      'GetTables',
      'GetPartition',
      'GetPartitions',
      'BatchGetPartition',
    ].map((action) => `glue:${action}`),
    resources: [
      arn('catalog'),
      arn('database', databaseName),
      ...readers.tables.map(({ name }) => arn('table', `${databaseName}/${name}`)),
    ],
  });
}

function lake({ lake: bucket, readers }: ReadersPolicyProps): readonly PolicyStatement[] {
  const prefixes = readers.tables.flatMap(prefixesOf);
  return [
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    }),
    listBelow(bucket, prefixes),
    new PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn] }),
  ];
}

function results({ results: bucket, resultsPrefix }: ReadersPolicyProps): readonly PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      resources: [bucket.arnForObjects(`${resultsPrefix}*`)],
    }),
    listBelow(bucket, [resultsPrefix]),
    new PolicyStatement({
      actions: ['s3:GetBucketLocation', 's3:ListBucketMultipartUploads'],
      resources: [bucket.bucketArn],
    }),
  ];
}

function listBelow(bucket: Bucket, prefixes: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}*`) } },
  });
}
