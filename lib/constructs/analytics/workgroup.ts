import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LAKE_QUERIES } from '#lake/queries.ts';

export interface WorkgroupProps {
  readonly name: string;
  readonly description: string;
  readonly databaseName: string;
  readonly results: Bucket;
  /** Of the keys of results. */
  readonly resultsPrefix: string;
  /** The owner's key; without it results are encrypted with S3's own. */
  readonly encryptionKey: IKey | undefined;
  /** A query that would read more is stopped. */
  readonly scanLimitGb: number;
}

const GB = 1_024 ** 3;

/** Where readers of one kind send their queries, what these may cost, where results go; and queries to begin with. */
export class Workgroup extends Construct {
  constructor(scope: Construct, id: string, props: WorkgroupProps) {
    super(scope, id);
    const { name, description, databaseName, results, resultsPrefix, encryptionKey, scanLimitGb } = props;
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name,
      description,
      // With what it has saved, or it could not be deleted.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: scanLimitGb * GB,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${results.bucketName}/${resultsPrefix}`,
          encryptionConfiguration:
            encryptionKey === undefined
              ? { encryptionOption: 'SSE_S3' }
              : { encryptionOption: 'SSE_KMS', kmsKey: encryptionKey.keyArn },
        },
      },
    });
    for (const query of LAKE_QUERIES) {
      new CfnNamedQuery(this, query.name.replaceAll(' ', '-'), {
        name: query.name,
        description: query.description,
        database: databaseName,
        queryString: query.sql,
        workGroup: name,
      }).addResourceDependency(workgroup);
    }
  }
}
