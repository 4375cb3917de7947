import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { describe, expect, it } from 'vitest';
import { addChecks } from '#lib/checks.ts';
import { createDataKey } from '#lib/constructs/data-key.ts';
import { FirstSecret, RegisterFirstCredential } from '#lib/constructs/first-credential.ts';
import { createLrsTable } from '#lib/constructs/lrs-table.ts';
import { obeysKeyRule } from '#storage/given-credential.ts';
import { TABLES } from '#storage/dynamodb/tables.ts';
import { templateFolder } from '#test/support/template-folder.ts';

const SECRET_ARN = { 'Fn::ImportValue': Match.stringLikeRegexp('^lrs-prod-data:.*FirstSecret') };
const REGISTRY_ARN = { 'Fn::ImportValue': Match.stringLikeRegexp('^lrs-prod-data:.*Registry.*Arn') };

interface Options {
  readonly removable?: boolean;
  readonly ownKey?: boolean;
}

/** The constructs in the two stacks they are for. */
function createStacks({ removable = false, ownKey = false }: Options = {}) {
  const app = new App({ outdir: templateFolder() });
  const env = { account: '111122223333', region: 'eu-central-1' };
  const data = new Stack(app, 'lrs-prod-data', { env });
  const encryptionKey = ownKey ? createDataKey(data, 'Key', { removable }) : undefined;
  const registry = createLrsTable(data, 'Registry', { definition: TABLES.registry, encryptionKey, removable });
  const firstSecret = new FirstSecret(data, 'FirstSecret', { lrs: 'lrs-prod', encryptionKey, removable });
  const api = new Stack(app, 'lrs-prod-api', { env });
  const elsewhere = { tableArn: 'arn:elsewhere' };
  const registration = new RegisterFirstCredential(api, 'FirstCredential', {
    firstSecret,
    resources: {
      tables: { registry, statements: elsewhere, documents: elsewhere },
      buckets: { attachments: { bucketArn: 'arn:bucket' }, exports: { bucketArn: 'arn:bucket' } },
      signingKeys: { secretArn: 'arn:signing-keys' },
      functions: { 'lake-compactor': { functionArn: 'arn:function' }, jobs: { functionArn: 'arn:function' } },
    },
    code: Code.fromInline('export const handler = () => undefined;'),
    environment: { LOG_LEVEL: 'info', REGISTRY_TABLE: registry.tableName },
    memory: 256,
    logRetention: RetentionDays.ONE_MONTH,
    removable,
    tracing: false,
  });
  return { app, data, api, firstSecret, registration };
}

function createTemplates(options?: Options): { readonly data: Template; readonly api: Template } {
  const { data, api } = createStacks(options);
  return { data: Template.fromStack(data), api: Template.fromStack(api) };
}

const DEPLOYED = createTemplates();

/** A statement about items of the Registry. */
function mayUse(action: string, keys: readonly string[]): object {
  return {
    Effect: 'Allow',
    Action: `dynamodb:${action}`,
    Resource: REGISTRY_ARN,
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  };
}

function expectResource(template: Template, type: string, properties: unknown): void {
  template.hasResourceProperties(type, properties);
}

/** @throws Error when the template has none, or more. */
function theOnly(template: Template, type: string): string {
  const ids = Object.keys(template.findResources(type));
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
}

describe('the secret of the first credential', () => {
  it('is drawn on deployment; a template says how, and nothing of it', () => {
    expectResource(DEPLOYED.data, 'AWS::SecretsManager::Secret', {
      Description: 'Key and secret of the first credential of the LRS lrs-prod',
      // CloudFormation draws another secret when any of these changes.
      GenerateSecretString: {
        SecretStringTemplate: '{"key":"first-lrs-prod"}',
        GenerateStringKey: 'secret',
        PasswordLength: 64,
        ExcludePunctuation: true,
        IncludeSpace: Match.absent(),
      },
      SecretString: Match.absent(),
      Name: Match.absent(),
    });
  });

  it('is nowhere resolved into a template', () => {
    const { data, api } = DEPLOYED;
    expect(JSON.stringify([data.toJSON(), api.toJSON()])).not.toContain('{{resolve:');
  });

  it.each([
    [false, 'Retain'],
    [true, 'Delete'],
  ])('goes with its stack when removable is %s: %s', (removable, policy) => {
    const secrets = createTemplates({ removable }).data.findResources('AWS::SecretsManager::Secret');
    expect(Object.values(secrets)).toMatchObject([{ DeletionPolicy: policy, UpdateReplacePolicy: policy }]);
  });

  it("is encrypted with the owner's key, if there is one", () => {
    expectResource(createTemplates({ ownKey: true }).data, 'AWS::SecretsManager::Secret', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] },
    });
    expectResource(DEPLOYED.data, 'AWS::SecretsManager::Secret', { KmsKeyId: Match.absent() });
  });

  it('has a key that the function takes, and a command that reads it', () => {
    const { data, firstSecret } = createStacks();
    expect(obeysKeyRule(firstSecret.key)).toBe(true);
    const resolved: unknown = data.resolve(firstSecret.readCommand);
    expect(resolved).toEqual({
      'Fn::Join': [
        '',
        [
          'aws secretsmanager get-secret-value --secret-id ',
          { Ref: expect.stringMatching(/^FirstSecret/u) },
          ' --region eu-central-1 --query SecretString --output text',
        ],
      ],
    });
  });
});

describe('the registration of the first credential', () => {
  it.each([false, true])(
    'may read this secret, read and write credentials, record that, and nothing else; own key: %s',
    (ownKey) => {
      const { api } = createTemplates({ ownKey });
      expect(api.findResources('AWS::IAM::Policy')).toEqual({});
      theOnly(api, 'AWS::IAM::Role');
      expectResource(api, 'AWS::IAM::Role', {
        ManagedPolicyArns: Match.absent(),
        Policies: [
          {
            PolicyName: 'Rights',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
                  Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Log'), 'Arn'] },
                },
                mayUse('GetItem', ['*|audit-head']),
                mayUse('PutItem', ['*|audit', '*|audit-head']),
                mayUse('GetItem', ['*|credential|*', '*|registered|*']),
                mayUse('PutItem', ['*|credential|*', '*|credentials', '*|registered|*']),
                { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: SECRET_ARN },
              ],
            },
          },
        ],
      });
    },
  );

  it('knows where the secret is, not what it is', () => {
    expectResource(DEPLOYED.api, 'AWS::Lambda::Function', {
      Environment: {
        Variables: {
          LOG_LEVEL: 'info',
          REGISTRY_TABLE: { 'Fn::ImportValue': Match.anyValue() },
          FIRST_CREDENTIAL_SECRET: SECRET_ARN,
        },
      },
    });
  });

  it('is called when secret or Registry are others, and fails the deployment when it does not answer', () => {
    expectResource(DEPLOYED.api, 'Custom::FirstCredential', {
      ServiceToken: { 'Fn::GetAtt': [theOnly(DEPLOYED.api, 'AWS::Lambda::Function'), 'Arn'] },
      ServiceTimeout: '300',
      SecretArn: SECRET_ARN,
      RegistryArn: REGISTRY_ARN,
    });
  });

  it('can be repeated by a command', () => {
    const { api, registration } = createStacks();
    const functionId = theOnly(Template.fromStack(api), 'AWS::Lambda::Function');
    const resolved: unknown = api.resolve(registration.registerCommand);
    expect(resolved).toEqual({
      'Fn::Join': [
        '',
        ['aws lambda invoke --function-name ', { Ref: functionId }, ' --region eu-central-1 /dev/stdout'],
      ],
    });
  });
});

describe('the checks of the templates', () => {
  it.each([false, true])('find nothing in either; own key: %s', (ownKey) => {
    const { app } = createStacks({ ownKey });
    addChecks(app);
    expect(() => app.synth()).not.toThrow();
  });
});
