import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { Settings } from '#lib/config/settings.ts';
import type { RightsResources } from '#lib/constructs/grant-rights.ts';
import type { FunctionSettings } from '#lib/constructs/lrs-function.ts';
import { type ResourceNames, invokedName } from '#lib/environment.ts';
import type { InvokedFunction } from '#lib/rights.ts';
import type { DataStack } from '#lib/stacks/data-stack.ts';

/** What rights are about, for the functions of a stack. */
export function rightsResources(stack: Stack, settings: Settings, data: DataStack): RightsResources {
  const functionArn = (name: InvokedFunction): string =>
    stack.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: invokedName(name, settings),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  const { tables, buckets, signingKeys } = data;
  return {
    tables,
    buckets,
    signingKeys,
    functions: {
      'lake-compactor': { functionArn: functionArn('lake-compactor') },
      jobs: { functionArn: functionArn('jobs') },
    },
  };
}

export function resourceNames(settings: Settings, { tables, buckets, signingKeys }: DataStack): ResourceNames {
  return {
    tables: {
      statements: tables.statements.tableName,
      documents: tables.documents.tableName,
      registry: tables.registry.tableName,
    },
    buckets: { attachments: buckets.attachments.bucketName, exports: buckets.exports.bucketName },
    signingKeys: signingKeys.secretArn,
    functions: { 'lake-compactor': invokedName('lake-compactor', settings), jobs: invokedName('jobs', settings) },
  };
}

/** What all functions have in common. */
export function functionSettings(settings: Settings): FunctionSettings {
  return {
    memory: settings.memory,
    logRetention: settings.logRetentionDays,
    removable: settings.stage === 'dev',
    tracing: settings.tracing,
  };
}
