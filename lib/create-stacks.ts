import type { App } from 'aws-cdk-lib';
import { Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { SettingsError } from '#lib/config/read-settings.ts';
import type { Settings } from '#lib/config/settings.ts';
import type { FunctionName } from '#lib/rights.ts';
import { ApiStack } from '#lib/stacks/api-stack.ts';
import { DataStack } from '#lib/stacks/data-stack.ts';
import { EdgeStack } from '#lib/stacks/edge-stack.ts';

export interface Stacks {
  readonly data: DataStack;
  readonly api: ApiStack;
  /** With the setting `edge`. */
  readonly edge: EdgeStack | undefined;
}

/** Where the stacks go; undefined when the CDK is not told, so that templates fit any account and region. */
export interface Target {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/**
 * All stacks of one LRS. Several LRSs, and several stages of one, have their own in the same account.
 *
 * @throws SettingsError
 */
export function createStacks(
  app: App,
  settings: Settings,
  target: Target,
  codeOf: (name: FunctionName) => Code,
): Stacks {
  const prefix = `${settings.name}-${settings.stage}`;
  const env = {
    ...(target.account !== undefined && { account: target.account }),
    ...(target.region !== undefined && { region: target.region }),
  };
  const describe = (what: string): string => `Serverless LRS ${prefix}: ${what}`;
  const data = new DataStack(app, `${prefix}-data`, { env, settings, description: describe('tables and buckets') });
  const api = new ApiStack(app, `${prefix}-api`, {
    env,
    settings,
    data,
    codeOf,
    description: describe('functions and HTTP API'),
  });
  const edge = settings.edge
    ? new EdgeStack(app, `${prefix}-edge`, {
        env: { ...env, region: edgeRegion(target) },
        settings,
        api,
        description: describe('CloudFront and its web ACL'),
      })
    : undefined;
  for (const [key, value] of Object.entries({ lrs: settings.name, stage: settings.stage, ...settings.tags })) {
    Tags.of(app).add(key, value);
  }
  return { data, api, edge };
}

/** CloudFront takes web ACLs and certificates from this region only. */
function edgeRegion({ region }: Target): string {
  if (region === undefined) throw new SettingsError('With edge, the region has to be known: set AWS_REGION.');
  return 'us-east-1';
}
