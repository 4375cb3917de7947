import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';

export interface EdgeWebAclProps {
  /** Requests from one address within five minutes, above which the rest of them is refused. */
  readonly requestsPerIp: number;
}

/**
 * Keeps off what floods the LRS, and addresses known for it. There are no rules about contents: a statement may hold
 * any text, and one that a rule takes for an attack would be a learner's record lost. Nothing is sampled, because samples
 * hold query strings, which name learners.
 */
export function createEdgeWebAcl(scope: Construct, id: string, { requestsPerIp }: EdgeWebAclProps): CfnWebACL {
  return new CfnWebACL(scope, id, {
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('All'),
    rules: [
      {
        name: 'TooManyRequests',
        priority: 0,
        statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerIp, evaluationWindowSec: 300 } },
        action: {
          block: { customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: '60' }] } },
        },
        visibilityConfig: visibility('TooManyRequests'),
      },
      {
        name: 'KnownAttackers',
        priority: 1,
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' } },
        overrideAction: { none: {} },
        visibilityConfig: visibility('KnownAttackers'),
      },
    ],
  });
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
