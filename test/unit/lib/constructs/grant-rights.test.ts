import { describe, expect, it } from 'vitest';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import type { Right } from '#lib/rights.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

const RESOURCES = {
  tables: {
    statements: { tableArn: 'arn:statements', tableStreamArn: 'arn:statements/stream/now' },
    documents: { tableArn: 'arn:documents' },
    registry: { tableArn: 'arn:registry' },
  },
  buckets: { attachments: { bucketArn: 'arn:attachments' }, exports: { bucketArn: 'arn:exports' } },
  signingKeys: { secretArn: 'arn:signing-keys' },
  functions: { 'lake-compactor': { functionArn: 'arn:lake-compactor' }, jobs: { functionArn: 'arn:jobs' } },
};

function statementOf(right: Right): unknown {
  return policyStatements([right], RESOURCES).map((statement): unknown => statement.toStatementJson())[0];
}

describe('statements of a policy', () => {
  it('grants the actions on a table, not on its indexes', () => {
    expect(statementOf({ table: 'statements', actions: ['GetItem', 'Query'] })).toEqual({
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: 'arn:statements',
    });
  });

  it('demands a partition key, and that every one is like a pattern', () => {
    expect(statementOf({ table: 'documents', actions: ['GetItem'], keys: ['*|state|*', '*|persons|*'] })).toEqual({
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: 'arn:documents',
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*|state|*', '*|persons|*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  });

  it('names each index of a table', () => {
    expect(statementOf({ indexes: 'statements', actions: ['Query'] })).toEqual({
      Effect: 'Allow',
      Action: 'dynamodb:Query',
      Resource: TABLES.statements.indexes.map(({ name }) => `arn:statements/index/${name}`),
    });
  });

  it.each(['attachments', 'exports'] as const)('grants the actions on the objects of %s below a prefix', (bucket) => {
    expect(statementOf({ objects: 'state/', bucket, actions: ['GetObject', 'PutObject'] })).toEqual({
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:${bucket}/state/*`,
    });
  });

  it.each(['attachments', 'exports'] as const)('grants the actions on the bucket %s, not on its objects', (bucket) => {
    expect(statementOf({ bucket, actions: ['ListBucket'] })).toEqual({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:${bucket}`,
    });
  });

  it('lets Lambda read the stream of a table, of one that has a stream', () => {
    expect(statementOf({ stream: 'statements' })).toEqual({
      Effect: 'Allow',
      Action: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListShards',
        'dynamodb:ListStreams',
      ],
      Resource: 'arn:statements/stream/now',
    });
    const tables = { ...RESOURCES.tables, statements: { tableArn: 'arn:statements' } };
    expect(() => policyStatements([{ stream: 'statements' }], { ...RESOURCES, tables })).toThrow('has no stream');
  });

  it('lets one function be called', () => {
    expect(statementOf({ invoke: 'jobs' })).toEqual({
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: 'arn:jobs',
    });
  });

  it('grants the actions on the secret', () => {
    expect(statementOf({ secret: 'signing-keys', actions: ['GetSecretValue', 'PutSecretValue'] })).toEqual({
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
      Resource: 'arn:signing-keys',
    });
  });

  it('keeps one statement for each right, in their order', () => {
    const rights: readonly Right[] = [
      { table: 'registry', actions: ['GetItem'] },
      { bucket: 'attachments', actions: ['ListBucket'] },
    ];
    expect(policyStatements(rights, RESOURCES).map(({ actions }) => actions)).toEqual([
      ['dynamodb:GetItem'],
      ['s3:ListBucket'],
    ]);
  });
});
