import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/**
 * The customer-managed key of tables, buckets and the first secret. Whoever in the account may read a table or an object
 * may use the key for it, through that service only, as with the keys that AWS manages: so no role needs a right of its
 * own to the key, and a role that has no right to the data gains nothing.
 */
export function createDataKey(scope: Construct, id: string, { removable }: { readonly removable: boolean }): Key {
  const key = new Key(scope, id, {
    description: 'Data of the learning record store',
    enableKeyRotation: true,
    removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  const services = ['dynamodb', 's3', 'secretsmanager'];
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ThroughTheServicesOnly',
      effect: Effect.ALLOW,
      principals: [new AnyPrincipal()],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncrypt*',
        'kms:GenerateDataKey*',
        'kms:CreateGrant',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': Aws.ACCOUNT_ID,
          'kms:ViaService': services.map((service) => `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`),
        },
      },
    }),
  );
  return key;
}
