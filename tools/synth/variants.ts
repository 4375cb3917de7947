/** Deployments that are synthesized to see that they can be: both stages as they come, and one with all that there is. */
export interface Variant {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Where the deployment goes; without it, as without an AWS profile. */
  readonly region?: string;
  readonly stacks: readonly string[];
}

export const VARIANTS: readonly Variant[] = [
  { name: 'prod', settings: {}, stacks: ['lrs-prod-data', 'lrs-prod-lake', 'lrs-prod-api', 'lrs-prod-observability'] },
  {
    name: 'dev',
    settings: { stage: 'dev' },
    stacks: ['lrs-dev-data', 'lrs-dev-lake', 'lrs-dev-api', 'lrs-dev-observability'],
  },
  {
    name: 'domain',
    region: 'eu-central-1',
    settings: {
      name: 'training',
      domainName: 'lrs.example.com',
      certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
      domainMapping: 'learning',
      hostedZoneId: 'Z0123456789ABC',
      hostedZoneName: 'example.com',
      basePath: '/records/xapi',
    },
    stacks: ['training-prod-data', 'training-prod-lake', 'training-prod-api', 'training-prod-observability'],
  },
  {
    name: 'edge',
    region: 'eu-central-1',
    settings: {
      edge: 'true',
      edgeRestoresHeaders: 'true',
      domainName: 'lrs.example.com',
      certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
      hostedZoneId: 'Z0123456789ABC',
      hostedZoneName: 'example.com',
      encryption: 'customer-managed',
      tracing: 'true',
      alarmEmail: 'ops@example.com',
      tags: 'team=learning',
    },
    stacks: ['lrs-prod-data', 'lrs-prod-lake', 'lrs-prod-api', 'lrs-prod-edge', 'lrs-prod-observability'],
  },
];
