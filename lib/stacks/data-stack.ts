import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { createDataKey } from '#lib/constructs/data-key.ts';
import { FirstSecret } from '#lib/constructs/first-credential.ts';
import { createLrsTable } from '#lib/constructs/lrs-table.ts';
import { createPrivateBucket } from '#lib/constructs/private-bucket.ts';
import { createSigningKeysSecret } from '#lib/constructs/signing-keys-secret.ts';
import type { BucketKey, TableKey } from '#lib/rights.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';

/** As long as tables can be taken back. */
const ATTACHMENT_VERSION_DAYS = 35;
/**
 * Long enough to notice what went wrong over a weekend. The lake can be made again from the tables, compaction replaces its
 * files all the time, and what is erased should be gone soon.
 */
const LAKE_VERSION_DAYS = 7;

export interface DataStackProps extends StackProps {
  readonly settings: Settings;
}

/** All that must outlive everything else. `docs/operations/stateful-resources.md` tells what may be changed, and how. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableKey, TableV2>>;
  readonly buckets: Readonly<Record<BucketKey, Bucket>>;
  readonly encryptionKey: IKey | undefined;
  readonly firstSecret: FirstSecret;
  readonly signingKeys: Secret;

  constructor(scope: Construct, id: string, { settings, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: settings.stage === 'prod' });
    const removable = settings.stage === 'dev';
    this.encryptionKey =
      settings.encryption === 'customer-managed' ? createDataKey(this, 'Key', { removable }) : undefined;

    const protection = { encryptionKey: this.encryptionKey, removable };
    this.tables = {
      statements: createLrsTable(this, 'Statements', { definition: TABLES.statements, ...protection }),
      documents: createLrsTable(this, 'Documents', { definition: TABLES.documents, ...protection }),
      registry: createLrsTable(this, 'Registry', { definition: TABLES.registry, ...protection }),
    };
    const bucketProtection = { ...protection, versioned: settings.bucketVersioning };
    this.buckets = {
      attachments: createPrivateBucket(this, 'Attachments', {
        ...bucketProtection,
        oldVersionDays: ATTACHMENT_VERSION_DAYS,
        unloggedBecause: 'Only the functions reach the objects, and their log has a line for every request.',
      }),
      exports: createPrivateBucket(this, 'Exports', {
        ...bucketProtection,
        oldVersionDays: LAKE_VERSION_DAYS,
        expiring: [{ prefix: 'exports/', days: settings.exportDays }],
        unloggedBecause: 'The audit has who asked for an export, and Athena who asked what of the lake.',
      }),
    };
    const lrs = `${settings.name}-${settings.stage}`;
    this.firstSecret = new FirstSecret(this, 'FirstSecret', { lrs, ...protection });
    this.signingKeys = createSigningKeysSecret(this, 'SigningKeys', { lrs, ...protection });
    new CfnOutput(this, 'ReadFirstCredential', {
      value: this.firstSecret.readCommand,
      description: 'Prints key and secret of the first credential',
    });
  }
}
