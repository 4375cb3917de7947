import { RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

export interface SigningKeysSecretProps {
  /** Name and stage, for example `lrs-prod`. */
  readonly lrs: string;
  /** The owner's key; without it the secret is encrypted with the key that AWS manages for Secrets Manager. */
  readonly encryptionKey: IKey | undefined;
  /** Whether the secret goes with its stack. */
  readonly removable: boolean;
}

/** Another text here would have CloudFormation put it in the place of the keys of an LRS that is in use. */
const NO_KEYS = JSON.stringify({ keys: [] });

/** The private keys that tokens are signed with. It is empty at first: the first function that signs makes a key. */
export function createSigningKeysSecret(scope: Construct, id: string, props: SigningKeysSecretProps): Secret {
  const { lrs, encryptionKey, removable } = props;
  const secret = new Secret(scope, id, {
    description: `Private keys that the tokens of the LRS ${lrs} are signed with`,
    secretStringValue: SecretValue.unsafePlainText(NO_KEYS),
    ...(encryptionKey !== undefined && { encryptionKey }),
    removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'The functions that sign make a new key themselves when the newest is old, and keep the one before.',
  });
  return secret;
}
