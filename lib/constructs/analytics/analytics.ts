import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { exportedName } from '#lib/constructs/acknowledge-prefixes.ts';
import { LakeDatabase } from '#lib/constructs/analytics/lake-tables.ts';
import { createReadersPolicy } from '#lib/constructs/analytics/readers-policy.ts';
import { prefixesOf, READERS, type ReadersKey } from '#lib/constructs/analytics/readers.ts';
import { Workgroup } from '#lib/constructs/analytics/workgroup.ts';
import { createPrivateBucket } from '#lib/constructs/private-bucket.ts';

export interface AnalyticsProps {
  /** Name and stage, for example `lrs-prod`. */
  readonly lrs: string;
  /** That has the lake, in another stack. */
  readonly lake: Bucket;
  readonly encryptionKey: IKey | undefined;
  readonly scanLimitGb: number;
  /** Whether results go with the stack. */
  readonly removable: boolean;
}

/** Whoever wants to keep a result has saved it by then; and what is erased should be gone soon from there, too. */
const RESULT_DAYS = 7;

/** What Athena needs to ask the lake, and the policies of those who may. */
export class Analytics extends Construct {
  readonly databaseName: string;
  readonly workgroups: Readonly<Record<ReadersKey, string>>;
  readonly policies: Readonly<Record<ReadersKey, ManagedPolicy>>;
  readonly #props: AnalyticsProps;
  readonly #results: Bucket;

  constructor(scope: Construct, id: string, props: AnalyticsProps) {
    super(scope, id);
    this.#props = props;
    const { lrs, lake, encryptionKey, removable } = props;
    this.databaseName = new LakeDatabase(this, 'Lake', { lrs, bucketName: lake.bucketName }).databaseName;
    this.#results = createPrivateBucket(this, 'Results', {
      encryptionKey,
      versioned: false,
      oldVersionDays: 1,
      expiring: [{ prefix: 'results/', days: RESULT_DAYS }],
      removable,
      unloggedBecause: 'Athena keeps who asked what; only it and who asked reach the results.',
    });
    this.workgroups = { full: this.#workgroup('full'), pseudonymous: this.#workgroup('pseudonymous') };
    this.policies = { full: this.#policy('full'), pseudonymous: this.#policy('pseudonymous') };
  }

  #workgroup(key: ReadersKey): string {
    const { lrs, encryptionKey, scanLimitGb } = this.#props;
    const name = `${lrs}${READERS[key].suffix}`;
    new Workgroup(this, `Workgroup-${key}`, {
      name,
      description: `The lake of ${lrs}, for those ${READERS[key].who}`,
      databaseName: this.databaseName,
      results: this.#results,
      resultsPrefix: resultsPrefix(key),
      encryptionKey,
      scanLimitGb,
    });
    return name;
  }

  #policy(key: ReadersKey): ManagedPolicy {
    const { lrs, lake } = this.#props;
    const readers = READERS[key];
    const policy = createReadersPolicy(this, `Readers-${key}`, {
      lrs,
      readers,
      databaseName: this.databaseName,
      workgroup: this.workgroups[key],
      lake,
      results: this.#results,
      resultsPrefix: resultsPrefix(key),
    });
    Validations.of(policy).acknowledge(
      ...readers.tables.flatMap(prefixesOf).map((prefix) => ({
        id: `AwsSolutions-IAM5[Resource::${exportedName(lake)}/${prefix}*]`,
        reason: 'Files of the lake are named after stores, days and positions, which nobody knows before.',
      })),
      {
        id: `AwsSolutions-IAM5[Resource::<${logicalIdOf(this.#results)}.Arn>/${resultsPrefix(key)}*]`,
        reason: 'Athena names results after the ids of queries, which nobody knows before.',
      },
    );
    return policy;
  }
}

function logicalIdOf(bucket: Bucket): string {
  const resource = bucket.node.defaultChild;
  return CfnElement.isCfnElement(resource) ? String(Stack.of(bucket).resolve(resource.logicalId)) : '';
}

function resultsPrefix(key: ReadersKey): string {
  return `results/${key}/`;
}
