import type { App } from 'aws-cdk-lib';
import { Tags } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '#lib/config/settings.ts';
import type { FunctionName } from '#lib/rights.ts';
import { ApiStack } from '#lib/stacks/api-stack.ts';
import { DataStack } from '#lib/stacks/data-stack.ts';
import { EdgeStack } from '#lib/stacks/edge-stack.ts';
import { LakeStack } from '#lib/stacks/lake-stack.ts';
import { ObservabilityStack } from '#lib/stacks/observability-stack.ts';

export interface Stacks {
  readonly data: DataStack;
  readonly lake: LakeStack;
  readonly api: ApiStack;
  /** With the setting `edge`. */
  readonly edge: EdgeStack | undefined;
  readonly observability: ObservabilityStack;
}

/** CloudFront takes web ACLs and certificates from this region only. */
const EDGE_REGION = 'us-east-1';

/** Where the stacks go. */
export interface Target {
  /** Without it templates fit any account. */
  readonly account: string | undefined;
  readonly region: string;
}

/**
 * All stacks of one LRS. Several LRSs, and several stages of one, have their own in the same account.
 */
export function createStacks(
  app: App,
  settings: Settings,
  target: Target,
  codeOf: (name: FunctionName) => Code,
): Stacks {
  const prefix = `${settings.name}-${settings.stage}`;
  const { account, region } = target;
  const env = { ...(account !== undefined && { account }), region };
  const describe = (what: string): string => `Serverless LRS ${prefix}: ${what}`;
  const data = new DataStack(app, `${prefix}-data`, { env, settings, description: describe('tables and buckets') });
  const lake = new LakeStack(app, `${prefix}-lake`, {
    env,
    settings,
    data,
    codeOf,
    description: describe('the lake: what writes it, and what reads it'),
  });
  const api = new ApiStack(app, `${prefix}-api`, {
    env,
    settings,
    data,
    codeOf,
    description: describe('functions and HTTP API'),
  });
  const edge = settings.edge
    ? new EdgeStack(app, `${prefix}-edge`, {
        env: { ...env, region: EDGE_REGION },
        settings,
        api,
        description: describe('CloudFront and its web ACL'),
      })
    : undefined;
  const observability = new ObservabilityStack(app, `${prefix}-observability`, {
    env,
    settings,
    data,
    api,
    lake,
    description: describe('dashboard, alarms and queries'),
  });
  for (const [key, value] of Object.entries({ ...settings.tags, lrs: settings.name, stage: settings.stage })) {
    Tags.of(app).add(key, value);
  }
  return { data, lake, api, edge, observability };
}
