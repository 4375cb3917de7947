import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '#lib/config/read-settings.ts';

const CERTIFICATE = 'arn:aws:acm:eu-central-1:111122223333:certificate/0b1c-2d';
const EDGE_CERTIFICATE = CERTIFICATE.replace('eu-central-1', 'us-east-1');

function problemsOf(context: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    readSettings(context);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('readSettings', () => {
  it('makes a production LRS without any setting', () => {
    expect(readSettings({})).toMatchObject({ stage: 'prod', name: 'lrs', bucketVersioning: true, edge: false });
  });

  it('takes the defaults of the stage', () => {
    expect(readSettings({ stage: 'dev' })).toMatchObject({ logRetentionDays: 7, throttleRate: 200 });
  });

  it('takes numbers and booleans of cdk.json and texts of the command line', () => {
    const values = { memory: 512, edge: 'false', bucketVersioning: false, indexShards: '4' };
    expect(readSettings(values)).toMatchObject({ memory: 512, edge: false, bucketVersioning: false, indexShards: 4 });
  });

  it('leaves the context of the CDK alone', () => {
    const context = { '@aws-cdk/core:checkSecretUsage': true, 'aws:cdk:bundling-stacks': ['**'] };
    expect(problemsOf({ ...context, 'hosted-zone:account=1:domainName=example.com:region=x': {} })).toEqual([]);
  });

  it('takes an empty text for nothing', () => {
    expect(readSettings({ stage: '', domainName: '', tags: '' })).toMatchObject({
      stage: 'prod',
      domainName: undefined,
    });
  });

  it('reads languages, the most wanted first', () => {
    expect(readSettings({ lakeLanguages: 'de-CH, de,en' }).lakeLanguages).toEqual(['de-CH', 'de', 'en']);
  });

  it('reads tags', () => {
    expect(readSettings({ tags: 'team=learning, cost-center=42' }).tags).toEqual({
      team: 'learning',
      'cost-center': '42',
    });
  });

  it.each([
    ['stage', 'test', 'one of dev, prod'],
    ['name', 'Lrs', 'at most 20 small letters, digits and hyphens, beginning with a letter'],
    ['name', 'a'.repeat(21), 'at most 20 small letters, digits and hyphens, beginning with a letter'],
    ['name', 'xn--lrs', 'at most 20 small letters, digits and hyphens, beginning with a letter'],
    ['name', 'lrs-', 'at most 20 small letters, digits and hyphens, beginning with a letter'],
    ['region', 'Frankfurt', 'a region such as eu-central-1'],
    ['account', '1', 'the 12 digits of an account'],
    ['encryption', 'none', 'one of aws-owned, customer-managed'],
    ['bucketVersioning', 'yes', 'true or false'],
    [
      'basePath',
      '/xapi/',
      'a path such as /xapi: names of letters, digits and signs of . _ ~ -, none of them . or .., and no slash at its end',
    ],
    ['domainName', 'https://lrs.example.com', 'a domain name such as lrs.example.com'],
    ['domainMapping', '/learning', 'a path such as learning or learning/records, without a slash at its ends'],
    ['domainMapping', '~learning', 'a path such as learning or learning/records, without a slash at its ends'],
    ['domainMapping', '..', 'a path such as learning or learning/records, without a slash at its ends'],
    ['domainMapping', 'a/./b', 'a path such as learning or learning/records, without a slash at its ends'],
    ['certificateArn', 'abc', 'the ARN of a certificate of AWS Certificate Manager'],
    ['hostedZoneId', 'example.com', 'the id of a hosted zone of Route 53, such as Z0123456789ABC'],
    ['memory', '128', 'a whole number from 256 to 10240'],
    ['indexShards', '0', 'a whole number from 1 to 1000'],
    ['lakeLanguages', 'en_US', 'language tags separated by commas, such as de-CH,de,en'],
    ['lakeWindowSeconds', '301', 'a whole number from 0 to 300'],
    ['exportDays', '0', 'a whole number from 1 to 365'],
    ['athenaScanLimitGb', '0.5', 'a whole number from 1 to 100000'],
    ['logLevel', 'all', 'one of debug, info, warn, error'],
    ['alarmEmail', 'ops', 'one e-mail address'],
    ['tags', 'team', 'tags such as team=learning,cost-center=42'],
    ['tags', 'aws:x=1', 'tags such as team=learning,cost-center=42'],
    ['tags', 'Stage=live', 'tags with a key each that no other has, in small letters or capitals, nor lrs or stage'],
    ['tags', 'team=a,Team=b', 'tags with a key each that no other has, in small letters or capitals, nor lrs or stage'],
    ['tracing', ['true'], 'a text, a number, true or false'],
  ])('refuses %s %j', (name, value, expected) => {
    expect(problemsOf({ [name]: value })).toEqual([
      `The setting ${name} is ${JSON.stringify(value)}; it has to be ${expected}.`,
    ]);
  });

  it('refuses days that CloudWatch Logs does not know', () => {
    expect(problemsOf({ logRetentionDays: '10' })[0]).toMatch(/it has to be one of 1, 3, 5, 7, 14/u);
  });

  it('tells everything that is wrong at once', () => {
    expect(problemsOf({ stage: 'x', memory: 'x' })).toHaveLength(2);
  });

  it('refuses a name that no setting has', () => {
    expect(problemsOf({ stgae: 'dev' })).toEqual([
      'There is no setting stgae: docs/reference/settings.md lists those there are.',
    ]);
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(problemsOf(JSON.parse(`{"${name}":"x"}`))).toHaveLength(1);
    }
    expect(problemsOf({ Stage: 'dev' })).toEqual(['There is no setting Stage: do you mean stage?']);
    expect(problemsOf({ 'index-shards': 2 })).toEqual(['There is no setting index-shards: do you mean indexShards?']);
  });

  it.each([
    [{ domainName: 'lrs.example.com' }, 'The settings domainName and certificateArn need each other.'],
    [{ certificateArn: CERTIFICATE }, 'The settings domainName and certificateArn need each other.'],
    [
      { domainName: 'lrs.example.com', certificateArn: CERTIFICATE, hostedZoneId: 'Z0' },
      'The settings hostedZoneId and hostedZoneName need each other.',
    ],
    [{ hostedZoneId: 'Z0', hostedZoneName: 'example.com' }, 'The setting hostedZoneId needs domainName.'],
    [{ edgeRestoresHeaders: true }, 'The setting edgeRestoresHeaders needs edge.'],
    [{ domainMapping: 'learning' }, 'The setting domainMapping needs domainName.'],
    [
      { domainName: 'lrs.example.com', certificateArn: EDGE_CERTIFICATE, domainMapping: 'learning', edge: true },
      'The settings domainMapping and edge do not go together: CloudFront knows no mappings. Use basePath.',
    ],
    [
      { domainName: 'lrs.example.com', certificateArn: CERTIFICATE, edge: true },
      'With edge, certificateArn has to be a certificate in us-east-1, where CloudFront looks for it.',
    ],
    [
      { domainName: 'lrs.other.com', certificateArn: CERTIFICATE, hostedZoneId: 'Z0', hostedZoneName: 'example.com' },
      'The domain lrs.other.com is not in the hosted zone example.com.',
    ],
  ])('refuses what does not go together: %j', (context, problem) => {
    expect(problemsOf(context)).toEqual([problem]);
  });
});
