import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from '#test/support/synthesize.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';
const BUCKET = 'AWS::S3::Bucket';
const SECRET = 'AWS::SecretsManager::Secret';

const prod = synthesize().template('data');
const dev = synthesize({ stage: 'dev' }).template('data');

function denied(Condition: object): unknown {
  return Match.objectLike({ Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Condition });
}

/** Rules of all buckets by which objects expire. */
function expiring(settings: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.values(synthesize(settings).template('data').findResources(BUCKET)).flatMap((bucket) => {
    const rules: readonly Record<string, unknown>[] = bucket['Properties'].LifecycleConfiguration.Rules;
    return rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined);
  });
}

describe('data stack', () => {
  it('is in production what it was', () => {
    expect(prod.toJSON()).toMatchSnapshot();
  });

  it.each([
    ['prod', prod],
    ['dev', dev],
  ])('keeps the logical ids of %s: another one would be another, empty table or bucket', (_, template) => {
    const idsOf = (type: string): readonly string[] => Object.keys(template.findResources(type));
    expect(idsOf(GLOBAL_TABLE)).toEqual(['Statements828F3E36', 'Documents7E5B2978', 'Registry4DB9CCA5']);
    expect(idsOf(BUCKET)).toEqual(['Attachments87B238D3', 'Exports25637AFB']);
    expect(idsOf(SECRET)).toEqual(['FirstSecret6B33A463', 'SigningKeysA56F0358']);
  });

  it.each(Object.entries(TABLES))('makes the table %s as it is defined', (_, definition) => {
    prod.hasResourceProperties(GLOBAL_TABLE, {
      KeySchema: [
        { AttributeName: definition.partitionKey, KeyType: 'HASH' },
        { AttributeName: definition.sortKey, KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification:
        definition.timeToLive === undefined ? Match.absent() : { AttributeName: definition.timeToLive, Enabled: true },
      StreamSpecification: definition.stream ? { StreamViewType: 'NEW_AND_OLD_IMAGES' } : Match.absent(),
      GlobalSecondaryIndexes:
        definition.indexes.length === 0
          ? Match.absent()
          : definition.indexes.map(({ name, partitionKey, sortKey, include }) => ({
              IndexName: name,
              KeySchema: [
                { AttributeName: partitionKey, KeyType: 'HASH' },
                { AttributeName: sortKey, KeyType: 'RANGE' },
              ],
              Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: include },
            })),
    });
  });

  it('can take every table back to any second', () => {
    for (const template of [prod, dev]) {
      template.allResourcesProperties(GLOBAL_TABLE, {
        Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
      });
    }
  });

  it('keeps tables, buckets and secrets of production when the stack is deleted, those of dev not', () => {
    const retained = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    const deleted = { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
    for (const type of [GLOBAL_TABLE, BUCKET, SECRET]) {
      prod.allResources(type, retained);
      dev.allResources(type, deleted);
    }
    prod.allResourcesProperties(GLOBAL_TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: true })] });
    dev.allResourcesProperties(GLOBAL_TABLE, { Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] });
    expect(synthesize().stacks.data.terminationProtection).toBe(true);
    expect(synthesize({ stage: 'dev' }).stacks.data.terminationProtection).toBe(false);
  });

  it('lets nobody from outside at a bucket, and nobody without TLS 1.2', () => {
    prod.allResourcesProperties(BUCKET, {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    prod.allResourcesProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          denied({ Bool: { 'aws:SecureTransport': 'false' } }),
          denied({ NumericLessThan: { 's3:TlsVersion': 1.2 } }),
        ]),
      },
    });
    prod.resourceCountIs('AWS::S3::BucketPolicy', 2);
  });

  it('leaves a bucket that stays its policy', () => {
    prod.allResources('AWS::S3::BucketPolicy', { DeletionPolicy: 'Retain' });
  });

  it('clears away incomplete uploads and old versions', () => {
    const rules = Object.values(prod.findResources(BUCKET)).map(
      (bucket) => bucket['Properties'].LifecycleConfiguration.Rules,
    );
    const days = [35, 7];
    expect(rules).toEqual(
      days.map((NoncurrentDays) =>
        expect.arrayContaining([
          expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Status: 'Enabled' }),
          expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays }, Status: 'Enabled' }),
        ]),
      ),
    );
  });

  it('lets results of exports expire, at last, and nothing else', () => {
    const rule = { Prefix: 'exports/', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 1 } };
    expect(expiring({})).toEqual([{ Id: 'Expire-exports', ExpirationInDays: 7, ...rule }]);
    expect(expiring({ exportDays: 30 })).toEqual([{ Id: 'Expire-exports', ExpirationInDays: 30, ...rule }]);
  });

  it('keeps versions as it is told', () => {
    const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
    prod.allResourcesProperties(BUCKET, versioned);
    dev.allResourcesProperties(BUCKET, { VersioningConfiguration: Match.absent() });
    synthesize({ stage: 'dev', bucketVersioning: true }).template('data').allResourcesProperties(BUCKET, versioned);
  });

  describe('with a customer-managed key', () => {
    const template = synthesize({ encryption: 'customer-managed' }).template('data');

    it('encrypts tables and buckets with it', () => {
      template.allResourcesProperties(GLOBAL_TABLE, { SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } });
      template.allResourcesProperties(BUCKET, {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }),
            },
          ],
        },
      });
    });

    it('rotates it, and lets it be used through the services of this account only', () => {
      template.hasResourceProperties('AWS::KMS::Key', {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Principal: { AWS: '*' },
              Condition: {
                StringEquals: {
                  'kms:CallerAccount': { Ref: 'AWS::AccountId' },
                  'kms:ViaService': Match.anyValue(),
                },
              },
            }),
          ]),
        },
      });
    });
  });

  it('begins with no keys to sign tokens with, and always with the same text', () => {
    prod.hasResourceProperties(SECRET, { SecretString: '{"keys":[]}', GenerateSecretString: Match.absent() });
  });

  it('needs no key without', () => {
    prod.resourceCountIs('AWS::KMS::Key', 0);
  });
});
