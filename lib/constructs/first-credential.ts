import { CustomResource, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { policyStatements, type RightsResources } from '#lib/constructs/grant-rights.ts';
import { type FunctionSettings, LrsFunction } from '#lib/constructs/lrs-function.ts';
import { RIGHTS } from '#lib/rights.ts';
import type { EnvironmentName } from '#runtime/environment-names.ts';

export interface FirstSecretProps {
  /** Name and stage, for example `lrs-prod`. */
  readonly lrs: string;
  /** The owner's key; without it the secret is encrypted with the key that AWS manages for Secrets Manager. */
  readonly encryptionKey: IKey | undefined;
  /** Whether the secret goes with its stack. */
  readonly removable: boolean;
}

/**
 * Key and secret of the first credential, for the stack of the data: CloudFormation has Secrets Manager draw the secret, so
 * that no template holds it. Its name is CloudFormation's choice: one of ours would be taken when a stack that left its
 * secret behind is made anew.
 */
export class FirstSecret extends Construct {
  readonly key: string;
  readonly secretArn: string;
  /** Prints key and secret as JSON, for who may read the secret. */
  readonly readCommand: string;

  constructor(scope: Construct, id: string, { lrs, encryptionKey, removable }: FirstSecretProps) {
    super(scope, id);
    this.key = `first-${lrs}`;
    const secret = new Secret(this, 'Secret', {
      description: `Key and secret of the first credential of the LRS ${lrs}`,
      // Another length, key or alphabet would have CloudFormation draw another secret, also for an LRS that is in use.
      // Letters and digits need no quoting in a shell, a URL or a file of settings; 64 of them have 380 bits.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ key: this.key }),
        generateStringKey: 'secret',
        passwordLength: 64,
        excludePunctuation: true,
      },
      ...(encryptionKey !== undefined && { encryptionKey }),
      removalPolicy: removable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Content holds the secret: it is given another by people, who then tell content, not by a schedule.',
    });
    this.secretArn = secret.secretArn;
    const options = `--region ${Stack.of(this).region} --query SecretString --output text`;
    this.readCommand = `aws secretsmanager get-secret-value --secret-id ${this.secretArn} ${options}`;
  }
}

export interface RegisterFirstCredentialProps extends FunctionSettings {
  readonly firstSecret: FirstSecret;
  readonly resources: RightsResources;
  /** Of the bundle of `bootstrap-credential`. */
  readonly code: Code;
  /** All that the function reads but the ARN of the secret. */
  readonly environment: Readonly<Partial<Record<EnvironmentName, string>>>;
}

const TIMEOUT = Duration.seconds(30);

/** Lambda repeats a call that failed to answer after one minute, and again after two. */
const PATIENCE = Duration.minutes(5);

/**
 * Puts the first credential into the Registry when the stack is created, and when it gets another secret or Registry;
 * `docs/adr/0015-register-the-first-credential-by-a-custom-resource.md` tells why then only.
 */
export class RegisterFirstCredential extends Construct {
  readonly lrsFunction: LrsFunction;
  /** Registers the secret again, after it was given another value. */
  readonly registerCommand: string;

  constructor(scope: Construct, id: string, props: RegisterFirstCredentialProps) {
    super(scope, id);
    const { firstSecret, resources, environment, ...common } = props;
    const readSecret = new PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: [firstSecret.secretArn],
    });
    this.lrsFunction = new LrsFunction(this, 'Register', {
      ...common,
      description: `Registers the first credential, ${firstSecret.key}`,
      environment: { ...environment, FIRST_CREDENTIAL_SECRET: firstSecret.secretArn },
      statements: [...policyStatements(RIGHTS['bootstrap-credential'], resources), readSecret],
      timeout: TIMEOUT,
    });
    const { functionArn, functionName } = this.lrsFunction.function;
    new CustomResource(this, 'Registration', {
      resourceType: 'Custom::FirstCredential',
      serviceToken: functionArn,
      serviceTimeout: PATIENCE,
      properties: { SecretArn: firstSecret.secretArn, RegistryArn: resources.tables.registry.tableArn },
    });
    this.registerCommand = `aws lambda invoke --function-name ${functionName} --region ${Stack.of(this).region} /dev/stdout`;
  }
}
