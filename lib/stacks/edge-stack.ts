import { CfnOutput, Duration, Fn, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  LambdaEdgeEventType,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ARecord, AaaaRecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { Settings } from '#lib/config/settings.ts';
import { createEdgeWebAcl } from '#lib/constructs/edge-web-acl.ts';
import { createRestoreHeaders } from '#lib/constructs/restore-headers.ts';
import type { ApiStack } from '#lib/stacks/api-stack.ts';

/** CloudFront would keep an error for 10 seconds, whatever its headers say, and give it to everybody. */
const UNCACHED_ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Longer than API Gateway waits for a function. */
const ORIGIN_PATIENCE = Duration.seconds(40);

export interface EdgeStackProps extends StackProps {
  readonly settings: Settings;
  readonly api: ApiStack;
}

/**
 * CloudFront with a web ACL in front of the API. It keeps nothing and caches nothing. In us-east-1, because CloudFront
 * takes web ACLs and certificates from nowhere else.
 */
export class EdgeStack extends Stack {
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { settings, api, ...props }: EdgeStackProps) {
    super(scope, id, { ...props, terminationProtection: settings.stage === 'prod' });
    this.addStackDependency(api);
    const { domainName, certificateArn, basePath } = settings;
    const webAcl = createEdgeWebAcl(this, 'WebAcl', { requestsPerIp: settings.edgeRequestsPerIp });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `Serverless LRS ${settings.name}-${settings.stage}`,
      defaultBehavior: this.#behavior(api, settings.edgeRestoresHeaders),
      errorResponses: UNCACHED_ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      webAclId: webAcl.attrArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...(domainName !== undefined &&
        certificateArn !== undefined && {
          domainNames: [domainName],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
    });
    this.#acknowledge(domainName !== undefined);
    this.#addRecords(settings);
    const { distributionDomainName } = this.distribution;
    if (domainName !== undefined) {
      const description = 'What the record of the domain leads to';
      new CfnOutput(this, 'DomainTarget', { value: distributionDomainName, description });
    }
    const origin = `https://${domainName ?? distributionDomainName}`;
    new CfnOutput(this, 'Endpoint', { value: `${origin}${basePath}`, description: 'What content is given' });
  }

  #behavior(api: ApiStack, restoresHeaders: boolean): BehaviorOptions {
    return {
      origin: new HttpOrigin(Fn.getStackOutput(api.stackName, api.hostOutput, api.region), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        readTimeout: ORIGIN_PATIENCE,
      }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      // The functions compress, and CloudFront would weaken the ETags of what it compresses.
      compress: false,
      ...(restoresHeaders && {
        edgeLambdas: [
          {
            eventType: LambdaEdgeEventType.ORIGIN_RESPONSE,
            functionVersion: createRestoreHeaders(this, 'RestoreHeaders'),
          },
        ],
      }),
    };
  }

  #addRecords({ domainName, hostedZoneId, hostedZoneName }: Settings): void {
    if (domainName === undefined || hostedZoneId === undefined || hostedZoneName === undefined) return;
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: hostedZoneName });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new ARecord(this, 'Address', { zone, recordName: `${domainName}.`, target });
    new AaaaRecord(this, 'Address6', { zone, recordName: `${domainName}.`, target });
  }

  #acknowledge(hasDomain: boolean): void {
    const { distribution } = this;
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Learners are where they are.' },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Its access logs would hold query strings, which name learners; that of the API has every request.',
      },
    );
    if (!hasDomain) {
      Validations.of(distribution).acknowledge({
        id: 'AwsSolutions-CFR4',
        reason: 'The certificate of cloudfront.net fixes the versions of TLS; with domainName they are 1.2 and later.',
      });
    }
  }
}
