import { type DomainMappingOptions, DomainName, IpAddressType, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, AaaaRecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';

export interface LrsDomainProps {
  readonly domainName: string;
  /** In the region of the API. */
  readonly certificateArn: string;
  /** A path that belongs to this API below the domain, for example `learning`; without it all of the domain does. */
  readonly mappingKey: string | undefined;
  readonly hostedZone: HostedZoneProps | undefined;
}

export interface HostedZoneProps {
  readonly hostedZoneId: string;
  readonly zoneName: string;
}

/** The API under a name of one's own, with its records in Route 53 if the zone is there. */
export class LrsDomain extends Construct {
  readonly mapping: DomainMappingOptions;
  /** With the mapping, without a slash at its end. */
  readonly origin: string;
  /** What a CNAME or alias record for the domain has to lead to. */
  readonly target: string;

  constructor(scope: Construct, id: string, props: LrsDomainProps) {
    super(scope, id);
    const { domainName, certificateArn, mappingKey, hostedZone } = props;
    const domain = new DomainName(this, 'Name', {
      domainName,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
      ipAddressType: IpAddressType.DUAL_STACK,
    });
    this.mapping = { domainName: domain, ...(mappingKey !== undefined && { mappingKey }) };
    this.origin = ['https:/', domainName, mappingKey].filter((part) => part !== undefined).join('/');
    this.target = domain.regionalDomainName;
    if (hostedZone !== undefined) {
      const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', hostedZone);
      const alias = new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId);
      const target = RecordTarget.fromAlias(alias);
      new ARecord(this, 'Address', { zone, recordName: `${domainName}.`, target });
      new AaaaRecord(this, 'Address6', { zone, recordName: `${domainName}.`, target });
    }
  }
}
