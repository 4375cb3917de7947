import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { acknowledgePrefixes } from '#lib/constructs/acknowledge-prefixes.ts';
import { Analytics } from '#lib/constructs/analytics/analytics.ts';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import { Jobs } from '#lib/constructs/jobs.ts';
import { LakeCompactor } from '#lib/constructs/lake-compactor.ts';
import { LakeWriter } from '#lib/constructs/lake-writer.ts';
import type { LrsFunction } from '#lib/constructs/lrs-function.ts';
import { functionVariables, invokedName } from '#lib/environment.ts';
import { type FunctionName, LAKE_FUNCTIONS, type LakeFunctionName, RIGHTS } from '#lib/rights.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';
import { functionSettings, resourceNames, rightsResources } from '#lib/stacks/deployed-resources.ts';

export interface LakeStackProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly codeOf: (name: FunctionName) => Code;
}

/**
 * What no request reaches: what writes the lake, and what reads it. It keeps nothing that is not in the data stack as well;
 * `docs/adr/0023-give-the-lake-a-stack-and-each-kind-of-readers-a-workgroup.md` tells why it is one of its own.
 */
export class LakeStack extends Stack {
  /** By the folders below `functions/`. */
  readonly functions: Readonly<Record<LakeFunctionName, LrsFunction>>;
  /** Where what could not be brought into the lake is told of. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { settings, data, codeOf, ...props }: LakeStackProps) {
    super(scope, id, props);
    const lrs = `${settings.name}-${settings.stage}`;
    const resources = rightsResources(this, settings, data);
    const propsOf = (name: LakeFunctionName) => ({
      ...functionSettings(settings),
      code: codeOf(name),
      environment: functionVariables(name, settings, resourceNames(settings, data)),
      statements: policyStatements(RIGHTS[name], resources),
    });
    const writer = new LakeWriter(this, 'LakeWriter', {
      ...propsOf('lake-writer'),
      description: `Brings statements into the lake of ${lrs}`,
      streamArn: streamOf(data),
      windowSeconds: settings.lakeWindowSeconds,
    });
    const compactor = new LakeCompactor(this, 'LakeCompactor', {
      ...propsOf('lake-compactor'),
      description: `Keeps the lake of ${lrs} in order`,
      functionName: invokedName('lake-compactor', settings),
    });
    const jobs = new Jobs(this, 'Jobs', {
      ...propsOf('jobs'),
      description: `Carries out exports and backfills of ${lrs}`,
      functionName: invokedName('jobs', settings),
    });
    this.failures = writer.failures;
    this.functions = {
      'lake-writer': writer.lrsFunction,
      'lake-compactor': compactor.lrsFunction,
      jobs: jobs.lrsFunction,
    };
    for (const name of LAKE_FUNCTIONS) acknowledgePrefixes(this.functions[name], RIGHTS[name], data.buckets);
    const analytics = new Analytics(this, 'Analytics', {
      lrs,
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

function streamOf({ tables }: DataStack): string {
  const { tableStreamArn } = tables.statements;
  if (tableStreamArn === undefined) throw new Error('The table of statements has no stream.');
  return tableStreamArn;
}
