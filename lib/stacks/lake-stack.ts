import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { Analytics } from '#lib/constructs/analytics/analytics.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';

export interface LakeStackProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
}

/** What Athena reads the lake by. It keeps nothing that is not in the data stack as well. */
export class LakeStack extends Stack {
  constructor(scope: Construct, id: string, { settings, data, ...props }: LakeStackProps) {
    super(scope, id, props);
    const analytics = new Analytics(this, 'Analytics', {
      lrs: `${settings.name}-${settings.stage}`,
      lake: data.buckets.exports,
      encryptionKey: data.encryptionKey,
      scanLimitGb: settings.athenaScanLimitGb,
      removable: settings.stage === 'dev',
    });
    this.#tell(data, analytics);
  }

  #tell(data: DataStack, { databaseName, workgroups, policies }: Analytics): void {
    const outputs = {
      LakeLocation: [`s3://${data.buckets.exports.bucketName}/lake/`, 'Where the files of the lake are'],
      LakeDatabase: [databaseName, 'What its tables are in, for Athena'],
      LakeWorkgroup: [workgroups.full, 'For queries of those who may know who learners are'],
      LakeReaders: [policies.full.managedPolicyArn, 'The policy for them'],
      PseudonymousWorkgroup: [workgroups.pseudonymous, 'For queries of those who may not know who learners are'],
      PseudonymousReaders: [policies.pseudonymous.managedPolicyArn, 'The policy for them'],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new CfnOutput(this, name, { value, description });
    }
  }
}
