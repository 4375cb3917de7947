import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { LAKE_TABLES, type LakeTable } from '#lake/columns.ts';
import { LAKE_QUERIES } from '#lake/queries.ts';
import { synthesize } from '#test/support/synthesize.ts';
import { textOf } from '#test/support/template-text.ts';

const WORKGROUP = 'AWS::Athena::WorkGroup';
const prod = synthesize().template('lake');

interface GlueColumn {
  readonly Name: string;
  readonly Type: string;
  readonly Comment: string;
}

function tableOf(name: string) {
  const tables = Object.values(prod.findResources('AWS::Glue::Table')).map((table) => table['Properties'].TableInput);
  return tables.find((table) => table.Name === name);
}

function typesOf(name: string): Readonly<Record<string, string>> {
  const columns: readonly GlueColumn[] = tableOf(name).StorageDescriptor.Columns;
  return Object.fromEntries(columns.map(({ Name, Type }) => [Name, Type]));
}

describe('lake stack', () => {
  it('is in production what it was', () => {
    expect(prod.toJSON()).toMatchSnapshot();
  });

  it('goes without leaving a name taken', () => {
    prod.hasResource('AWS::Glue::Database', { DeletionPolicy: 'Delete' });
    prod.allResourcesProperties(WORKGROUP, { RecursiveDeleteOption: true });
  });

  it('has names that no other LRS or stage of the account has', () => {
    const names = [{}, { stage: 'dev' }, { name: 'my-lrs' }].map((settings) => {
      const template = synthesize(settings).template('lake');
      const workgroups = Object.values(template.findResources(WORKGROUP)).map((group) => group['Properties'].Name);
      const databases = Object.values(template.findResources('AWS::Glue::Database'));
      return [...workgroups, ...databases.map((database) => database['Properties'].DatabaseInput.Name)];
    });
    expect(names).toEqual([
      ['lrs-prod', 'lrs-prod-pseudonymous', 'lrs_prod'],
      ['lrs-dev', 'lrs-dev-pseudonymous', 'lrs_dev'],
      ['my-lrs-prod', 'my-lrs-prod-pseudonymous', 'my_lrs_prod'],
    ]);
  });
});

describe.each(Object.values<LakeTable>(LAKE_TABLES))('the table $name', ({ name, folder, columns, partitionedBy }) => {
  const table = tableOf(name);

  it('has the columns of its files, in their order, each with what it means', () => {
    const found: readonly GlueColumn[] = table.StorageDescriptor.Columns;
    expect(found.map((column) => column.Name)).toEqual(columns.map((column) => column.name));
    // Glue takes no more.
    expect(found.filter(({ Comment }) => Comment.length === 0 || Comment.length > 255)).toEqual([]);
  });

  it('is read by the texts that name the current files', () => {
    expect(table.StorageDescriptor).toMatchObject({
      InputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    });
    expect(textOf(table.StorageDescriptor.Location)).toMatch(new RegExp(`^s3://[^/]+/lake/current/${folder}/$`, 'u'));
  });

  it('has partitions that nobody has to tell of', () => {
    expect(table.PartitionKeys.map((key: GlueColumn) => [key.Name, key.Type])).toEqual(
      partitionedBy.map((key) => [key, 'string']),
    );
    const template = textOf(table.Parameters['storage.location.template']);
    const partitions = partitionedBy.map((key) => `${key}=\${${key}}`).join('/');
    expect(template).toBe(`${textOf(table.StorageDescriptor.Location)}${partitions}`);
    expect(table.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.store.type': 'injected',
      ...(partitionedBy.includes('dt') && {
        'projection.dt.type': 'date',
        'projection.dt.range': '2020-01-01,NOW',
        'projection.dt.format': 'yyyy-MM-dd',
      }),
    });
  });
});

describe('types of columns', () => {
  it('are those that Athena has for what is in the files', () => {
    expect(typesOf('statements')).toMatchObject({
      statement_id: 'string',
      stored: 'timestamp',
      score_scaled: 'double',
      success: 'boolean',
      context_parent: 'array<string>',
      attachments:
        'array<struct<usage_type:string,content_type:string,length:bigint,sha2:string,display:string,file_url:string>>',
    });
  });

  it('leave out of attachments what tells who learners are', () => {
    expect(typesOf('statements_pseudonymous')['attachments']).toBe(
      'array<struct<usage_type:string,content_type:string,length:bigint,sha2:string>>',
    );
  });
});

describe('workgroups', () => {
  it('let nobody choose where results go, how they are encrypted, or how much is read', () => {
    const template = synthesize({ athenaScanLimitGb: 2 }).template('lake');
    template.allResourcesProperties(WORKGROUP, {
      WorkGroupConfiguration: Match.objectLike({
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 2 * 1_024 ** 3,
        PublishCloudWatchMetricsEnabled: true,
        ResultConfiguration: Match.objectLike({ EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } }),
      }),
    });
  });

  it('keep the results of each kind of readers apart, for a week', () => {
    const locations = Object.values(prod.findResources(WORKGROUP)).map((group) =>
      textOf(group['Properties'].WorkGroupConfiguration.ResultConfiguration.OutputLocation),
    );
    expect(locations.map((location) => location.replace(/^s3:\/\/[^/]+/u, ''))).toEqual([
      '/results/full/',
      '/results/pseudonymous/',
    ]);
    prod.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix: 'results/', ExpirationInDays: 7 })]),
      },
    });
  });

  it('encrypt results with the key of the owner, where there is one', () => {
    const template = synthesize({ encryption: 'customer-managed' }).template('lake');
    template.allResourcesProperties(WORKGROUP, {
      WorkGroupConfiguration: Match.objectLike({
        ResultConfiguration: Match.objectLike({
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: Match.anyValue() },
        }),
      }),
    });
  });

  it('have every query, as it is', () => {
    const queries = Object.values(prod.findResources('AWS::Athena::NamedQuery')).map((query) => query['Properties']);
    for (const workgroup of ['lrs-prod', 'lrs-prod-pseudonymous']) {
      const here = queries.filter(({ WorkGroup }) => WorkGroup === workgroup);
      expect(here.map(({ Name, QueryString }) => ({ name: Name, sql: QueryString }))).toEqual(
        LAKE_QUERIES.map(({ name, sql }) => ({ name, sql })),
      );
    }
  });
});

describe('what writes the lake', () => {
  it('is called with changes of statements, a minute of them or 10,000', () => {
    prod.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 60,
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { sk: { S: ['s'] } } } }) }] },
    });
    synthesize({ lakeWindowSeconds: 0 })
      .template('lake')
      .hasResourceProperties('AWS::Lambda::EventSourceMapping', { MaximumBatchingWindowInSeconds: 0 });
  });

  it('is called again with what failed, and a queue is told of what is given up', () => {
    const [queue] = Object.keys(prod.findResources('AWS::SQS::Queue'));
    prod.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: Match.absent(),
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [queue, 'Arn'] } } },
    });
  });

  it('has a queue that is encrypted, keeps messages for two weeks, and lets nobody in without TLS', () => {
    prod.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    prod.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: Match.objectLike({
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      }),
    });
  });

  it('has memory for one lot, and five minutes', () => {
    prod.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Timeout: 300,
      FunctionName: Match.absent(),
      Environment: {
        Variables: Match.objectLike({
          LRS_LAKE_LANGUAGES: 'en',
          LAKE_COMPACTOR_FUNCTION: 'lrs-prod-lake-compactor',
        }),
      },
    });
  });
});

describe('what compacts the lake', () => {
  it('is called every hour, and by the name that what writes the lake knows', () => {
    prod.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'lrs-prod-lake-compactor',
      MemorySize: 3_008,
      Timeout: 900,
    });
    prod.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  });

  it('has a name short enough for Lambda whatever the LRS is called', () => {
    const name = 'a'.repeat(20);
    const template = synthesize({ name }).template('lake');
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: `${name}-prod-lake-compactor` });
    expect(`${name}-prod-lake-compactor`.length).toBeLessThanOrEqual(64);
  });
});

describe('what carries out jobs', () => {
  it('may call itself as often as it has to, by a name that is known before it is made', () => {
    prod.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'lrs-prod-jobs',
      MemorySize: 1_024,
      Timeout: 900,
      RecursiveLoop: 'Allow',
      Environment: { Variables: Match.objectLike({ JOBS_FUNCTION: 'lrs-prod-jobs' }) },
    });
    const others = Object.values(prod.findResources('AWS::Lambda::Function')).filter(
      (lambda) => lambda['Properties'].FunctionName !== 'lrs-prod-jobs',
    );
    expect(others.map((lambda) => lambda['Properties'].RecursiveLoop)).toEqual(others.map(() => undefined));
  });

  it('is called again with what failed, and every hour for what was left', () => {
    prod.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3_600,
    });
    prod.allResourcesProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
    prod.resourceCountIs('AWS::Events::Rule', 2);
  });
});
