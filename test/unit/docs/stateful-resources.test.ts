import { describe, expect, it } from 'vitest';
import type { Stage } from '#lib/config/stages.ts';
import { STAGES } from '#lib/config/stages.ts';
import type { Stacks } from '#lib/create-stacks.ts';
import { codeOf, readPage, sectionOf, tableRows } from '#test/support/markdown.ts';
import { synthesize } from '#test/support/synthesize.ts';

/** What holds data, or an address that clients know. */
const KINDS = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::CloudFront::Distribution',
];

const DOMAIN = 'lrs.example.com';
const certificateIn = (region: string): string => `arn:aws:acm:${region}:111122223333:certificate/0`;

/** Between them everything that settings can add. */
const VARIANTS: readonly Readonly<Record<string, unknown>>[] = [
  { encryption: 'customer-managed', alarmEmail: 'ops@example.com' },
  { domainName: DOMAIN, certificateArn: certificateIn('eu-central-1') },
  { edge: true, domainName: DOMAIN, certificateArn: certificateIn('us-east-1') },
];

interface Resource {
  readonly id: string;
  readonly stack: keyof Stacks;
  readonly kind: string;
  readonly fate: 'stays' | 'goes';
}

function resourcesOf(stage: Stage): readonly Resource[] {
  const all = VARIANTS.flatMap((variant) => {
    const { stacks, template } = synthesize({ ...variant, stage });
    const names = (['data', 'lake', 'api', 'observability', 'edge'] as const).filter(
      (name) => stacks[name] !== undefined,
    );
    return names.flatMap((stack) =>
      KINDS.flatMap((kind) => Object.entries(template(stack).findResources(kind)).map(toResource(stack))),
    );
  });
  return [...new Map(all.map((resource) => [resource.id, resource])).values()];
}

function toResource(stack: keyof Stacks) {
  return ([id, { Type, DeletionPolicy }]: readonly [string, Record<string, unknown>]): Resource => ({
    id,
    stack,
    kind: String(Type),
    fate: DeletionPolicy === 'Retain' ? 'stays' : 'goes',
  });
}

const rows = tableRows(sectionOf(readPage('docs/operations/stateful-resources.md'), 'What there is'));

/** Milliseconds. It makes all stacks of a stage, which takes seconds on a machine that is busy. */
const TIMEOUT = 30_000;

describe('docs/operations/stateful-resources.md', { timeout: TIMEOUT }, () => {
  it.each(STAGES)('lists every resource of %s that holds something, where it is and whether it stays', (stage) => {
    const documented = rows.map(([id, stack, kind, , prod, dev]) => {
      const fate = stage === 'prod' ? prod : dev;
      return [codeOf(id), { stack, kind: codeOf(kind), fate }];
    });
    const deployed = resourcesOf(stage).map(({ id, ...rest }) => [id, rest]);
    expect(documented).toHaveLength(deployed.length);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(deployed));
  });
});
