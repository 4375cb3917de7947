import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ACCESS_ROUTES, ROUTED_FUNCTIONS, routesWith } from '#lib/routes.ts';
import { synthesize } from '#test/support/synthesize.ts';

const FUNCTION = 'AWS::Lambda::Function';
const API = 'AWS::ApiGatewayV2::Api';
const STAGE = 'AWS::ApiGatewayV2::Stage';
const CERTIFICATE = 'arn:aws:acm:eu-central-1:111122223333:certificate/0b1c-2d';
const DOMAIN = { domainName: 'lrs.example.com', certificateArn: CERTIFICATE };

const prod = synthesize().template('api');

function valuesOf(resources: Readonly<Record<string, unknown>>, ...path: readonly string[]): readonly unknown[] {
  return Object.values(resources).map((resource) =>
    path.reduce<unknown>((value, name) => (value instanceof Object ? Reflect.get(value, name) : undefined), resource),
  );
}

describe('API stack', () => {
  it('is in production what it was', () => {
    expect(prod.toJSON()).toMatchSnapshot();
  });

  it('routes every path with every method, and no other', () => {
    const keys = valuesOf(prod.findResources('AWS::ApiGatewayV2::Route'), 'Properties', 'RouteKey');
    expect(new Set(keys)).toEqual(new Set(routesWith('/xapi').map(({ path }) => `ANY ${path}`)));
    expect(keys).toHaveLength(routesWith('/xapi').length);
  });

  it('puts the resources of the xAPI below the base path, and access at the root', () => {
    const template = synthesize({ basePath: '/records/xapi' }).template('api');
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'ANY /records/xapi/statements' });
    template.hasResourceProperties('AWS::ApiGatewayV2::Route', { RouteKey: 'ANY /oauth/token' });
    template.hasResourceProperties(FUNCTION, {
      Environment: { Variables: Match.objectLike({ LRS_BASE_PATH: '/records/xapi' }) },
    });
  });

  it('leaves CORS and authorisation to the functions', () => {
    prod.hasResourceProperties(API, { ProtocolType: 'HTTP', CorsConfiguration: Match.absent() });
    prod.allResourcesProperties('AWS::ApiGatewayV2::Route', { AuthorizationType: 'NONE' });
    prod.resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
  });

  it('sends events of payload format 2.0', () => {
    prod.allResourcesProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
    });
  });

  it('throttles and logs on the $default stage', () => {
    prod.hasResourceProperties(STAGE, {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 4_000 },
      AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.anyValue() },
    });
  });

  it('lets requests about access have a tenth of the rate on each route, which is there before', () => {
    const settings = { ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 };
    prod.hasResourceProperties(STAGE, {
      RouteSettings: Object.fromEntries(ACCESS_ROUTES.map(({ path }) => [`ANY ${path}`, settings])),
    });
    const routes = Object.keys(prod.findResources('AWS::ApiGatewayV2::Route'));
    expect(valuesOf(prod.findResources(STAGE), 'DependsOn')).toEqual([expect.arrayContaining(routes)]);
    const slow = synthesize({ throttleRate: 1, throttleBurst: 1 }).template('api');
    const least = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 };
    slow.hasResourceProperties(STAGE, { RouteSettings: Match.objectLike({ 'ANY /oauth/token': least }) });
  });

  it('calls the keeper every hour', () => {
    prod.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Keeper'), 'Arn'] } })],
    });
    prod.resourceCountIs('AWS::Events::Rule', 1);
  });

  it('logs accesses as JSON, with the request id and without address, query or credential', () => {
    const [format] = valuesOf(prod.findResources(STAGE), 'Properties', 'AccessLogSettings', 'Format');
    const line: Readonly<Record<string, string>> = JSON.parse(String(format));
    expect(line).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Object.values(line).join(' ')).not.toMatch(/sourceIp|\$context\.path|querystring|authorizer|userAgent/iu);
  });

  it('runs functions on arm64 with Node.js 24', () => {
    for (const [id, resource] of Object.entries(prod.findResources(FUNCTION))) {
      expect([id, resource['Properties']]).toEqual([
        id,
        expect.objectContaining({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          Handler: 'index.handler',
          MemorySize: 1_024,
        }),
      ]);
    }
  });

  it('has functions answer before the gateway gives up', () => {
    const resources = prod.findResources(FUNCTION, {
      Properties: { Description: Match.stringLikeRegexp('^(xAPI|Access) ') },
    });
    expect(valuesOf(resources, 'Properties', 'Timeout')).toEqual(ROUTED_FUNCTIONS.map(() => 29));
  });

  it('keeps logs of a function in a group of its own, as long as it is told', () => {
    prod.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
    prod.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain' });
    const dev = synthesize({ stage: 'dev', logRetentionDays: 3 }).template('api');
    dev.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 3 });
    dev.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
    const groups = valuesOf(prod.findResources(FUNCTION), 'Properties', 'LoggingConfig', 'LogGroup', 'Ref');
    expect(new Set(groups).size).toBe(groups.length);
  });

  it('gives every function a role of its own, without managed policies', () => {
    const roles = valuesOf(prod.findResources(FUNCTION), 'Properties', 'Role', 'Fn::GetAtt', '0');
    expect(new Set(roles).size).toBe(roles.length);
    prod.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });

  it('traces when it is told', () => {
    prod.allResourcesProperties(FUNCTION, { TracingConfig: Match.absent() });
    const traced = synthesize({ tracing: true }).template('api');
    traced.hasResourceProperties(FUNCTION, { TracingConfig: { Mode: 'Active' } });
  });

  it('tells the endpoint', () => {
    expect(valuesOf(prod.findOutputs('Endpoint'), 'Value')).toEqual([
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.any(String), 'ApiEndpoint'] }, '/xapi']] },
    ]);
  });

  describe('with a domain', () => {
    const template = synthesize({ ...DOMAIN, domainMapping: 'learning/records' }).template('api');

    it('answers there only, over TLS 1.2', () => {
      template.hasResourceProperties(API, { DisableExecuteApiEndpoint: true });
      template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
        DomainName: 'lrs.example.com',
        DomainNameConfigurations: [Match.objectLike({ CertificateArn: CERTIFICATE, SecurityPolicy: 'TLS_1_2' })],
      });
    });

    it('puts the mapping into the endpoint and in front of what `more` begins with', () => {
      template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', { ApiMappingKey: 'learning/records' });
      template.hasResourceProperties(FUNCTION, {
        Environment: { Variables: Match.objectLike({ LRS_BASE_PATH: '/learning/records/xapi' }) },
      });
      template.hasOutput('Endpoint', { Value: 'https://lrs.example.com/learning/records/xapi' });
      template.hasResourceProperties(FUNCTION, {
        Environment: { Variables: Match.objectLike({ LRS_PUBLIC_URL: 'https://lrs.example.com/learning/records' }) },
      });
    });

    it('hands out URLs of it, also when CloudFront has it', () => {
      const certificateArn = CERTIFICATE.replace('eu-central-1', 'us-east-1');
      const behindEdge = synthesize({ edge: true, domainName: 'lrs.example.com', certificateArn }).template('api');
      behindEdge.hasResourceProperties(FUNCTION, {
        Environment: { Variables: Match.objectLike({ LRS_PUBLIC_URL: 'https://lrs.example.com' }) },
      });
    });

    it('tells what the record of the domain leads to', () => {
      template.hasOutput('DomainTarget', { Value: { 'Fn::GetAtt': [Match.anyValue(), 'RegionalDomainName'] } });
      expect(prod.findOutputs('DomainTarget')).toEqual({});
    });

    it('makes records when it is given the zone', () => {
      template.resourceCountIs('AWS::Route53::RecordSet', 0);
      const zone = { hostedZoneId: 'Z0123456789ABC', hostedZoneName: 'example.com' };
      const withZone = synthesize({ ...DOMAIN, ...zone }).template('api');
      for (const Type of ['A', 'AAAA']) {
        withZone.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'lrs.example.com.', Type });
      }
    });
  });
});
