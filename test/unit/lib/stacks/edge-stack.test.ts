import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from '#test/support/synthesize.ts';

const EDGE = { edge: true };
const DISTRIBUTION = 'AWS::CloudFront::Distribution';

const { stacks, template } = synthesize(EDGE);

describe('edge stack', () => {
  it('is what it was', () => {
    expect(template('edge').toJSON()).toMatchSnapshot();
  });

  it('is there only when it is asked for', () => {
    expect(synthesize().stacks.edge).toBeUndefined();
  });

  it('is in us-east-1, and everything else where it is told', () => {
    expect(stacks.edge?.region).toBe('us-east-1');
    expect([stacks.data.region, stacks.api.region]).toEqual(['eu-central-1', 'eu-central-1']);
  });

  it('passes everything on, caches nothing and compresses nothing', () => {
    template('edge').hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: {
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
          // Managed-CachingDisabled, Managed-AllViewerExceptHostHeader
          CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
          OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
          Compress: false,
          ViewerProtocolPolicy: 'https-only',
          FunctionAssociations: Match.absent(),
          LambdaFunctionAssociations: Match.absent(),
        },
        WebACLId: { 'Fn::GetAtt': ['WebAcl', 'Arn'] },
        Logging: Match.absent(),
      },
    });
  });

  it('keeps no error for anybody else', () => {
    const [distribution] = Object.values(template('edge').findResources(DISTRIBUTION));
    const responses: readonly { ErrorCode: number; ErrorCachingMinTTL: number }[] =
      distribution?.['Properties'].DistributionConfig.CustomErrorResponses;
    expect(responses.map(({ ErrorCode }) => ErrorCode)).toEqual([
      400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
    ]);
    expect(new Set(responses.map((response) => JSON.stringify(Object.keys(response))))).toEqual(
      new Set(['["ErrorCachingMinTTL","ErrorCode"]']),
    );
    expect(responses.every(({ ErrorCachingMinTTL }) => ErrorCachingMinTTL === 0)).toBe(true);
  });

  it('asks the API by a reference that stands alone, as CloudFormation takes it in every region', () => {
    template('edge').hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: {
        Origins: [
          Match.objectLike({
            DomainName: {
              'Fn::GetStackOutput': { StackName: 'lrs-prod-api', OutputName: 'ApiHost', Region: 'eu-central-1' },
            },
          }),
        ],
      },
    });
    template('api').hasOutput('ApiHost', {});
    expect(stacks.edge?.dependencies).toContain(stacks.api);
  });

  it('is not deleted by mistake in production, nor is the API', () => {
    expect([stacks.edge?.terminationProtection, stacks.api.terminationProtection]).toEqual([true, true]);
    const dev = synthesize({ ...EDGE, stage: 'dev' }).stacks;
    expect([dev.edge?.terminationProtection, dev.api.terminationProtection]).toEqual([false, false]);
  });

  it('restores headers of every answer when it is told, by a function without any right', () => {
    const restoring = synthesize({ ...EDGE, edgeRestoresHeaders: true }).template('edge');
    restoring.hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: {
        DefaultCacheBehavior: {
          LambdaFunctionAssociations: [Match.objectLike({ EventType: 'origin-response' })],
        },
      },
    });
    restoring.hasResourceProperties('AWS::IAM::Role', { Policies: Match.absent(), ManagedPolicyArns: Match.absent() });
    restoring.resourceCountIs('AWS::IAM::Policy', 0);
    restoring.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({ Principal: { Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] } })],
      },
    });
    restoring.resourceCountIs('AWS::Logs::LogGroup', 0);
  });

  it('refuses floods by address, and judges no contents', () => {
    const [acl] = Object.values(template('edge').findResources('AWS::WAFv2::WebACL'));
    expect(acl?.['Properties'].Rules.map(({ Name }: { Name: string }) => Name)).toEqual([
      'TooManyRequests',
      'KnownAttackers',
    ]);
  });

  it('keeps no samples of requests', () => {
    expect(JSON.stringify(template('edge').toJSON())).not.toContain('"SampledRequestsEnabled":true');
  });

  it('tells its own endpoint instead of the API', () => {
    expect(Object.keys(template('edge').findOutputs('*'))).toContain('Endpoint');
    expect(Object.keys(template('api').findOutputs('*'))).not.toContain('Endpoint');
  });

  it('has the domain, and the API keeps the name that CloudFront knows', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0b1c-2d';
    const named = synthesize({ ...EDGE, domainName: 'lrs.example.com', certificateArn });
    named.template('edge').hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: {
        Aliases: ['lrs.example.com'],
        ViewerCertificate: Match.objectLike({
          AcmCertificateArn: certificateArn,
          MinimumProtocolVersion: 'TLSv1.2_2021',
        }),
      },
    });
    named.template('api').resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
    named.template('api').hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: false });
    named.template('edge').hasOutput('Endpoint', { Value: 'https://lrs.example.com/xapi' });
  });
});
