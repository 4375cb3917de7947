import { CfnElement, Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { readSettings } from '#lib/config/read-settings.ts';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import { type FunctionName, LAKE_FUNCTIONS, RIGHTS } from '#lib/rights.ts';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';
import { rightsResources } from '#lib/stacks/deployed-resources.ts';
import { synthesize } from '#test/support/synthesize.ts';

const { stacks, template } = synthesize();
const { api, data, lake } = stacks;

const FUNCTIONS = { ...api.functions, keeper: api.keeper, ...lake.functions };

/** What the constructs of functions grant besides. */
const OTHERS: Readonly<Partial<Record<FunctionName, readonly PolicyStatement[]>>> = {
  'lake-writer': [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [lake.failures.queueArn] })],
};

describe.each([...ROUTED_FUNCTIONS, 'keeper', ...LAKE_FUNCTIONS] as const)('the role of the function %s', (name) => {
  const { function: lambda, logGroup } = FUNCTIONS[name];
  const stack = Stack.of(lambda);
  const deployed = template(stack === lake ? 'lake' : 'api');

  it('has the rights that are listed, that to write its own log, and nothing else', () => {
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    const rights = policyStatements(RIGHTS[name], rightsResources(stack, readSettings({}), data));
    const statements = [writeLog, ...rights, ...(OTHERS[name] ?? [])];
    const role = lambda.role?.node.defaultChild;
    const id = CfnElement.isCfnElement(role) ? String(stack.resolve(role.logicalId)) : '';
    expect(deployed.findResources('AWS::IAM::Role')).toHaveProperty(id);
    const { Properties } = deployed.findResources('AWS::IAM::Role')[id] ?? {};
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(Properties).toHaveProperty('Policies', [
      { PolicyName: 'Rights', PolicyDocument: stack.resolve(new PolicyDocument({ statements })) },
    ]);
  });
});

describe('policies', () => {
  it('are part of their roles', () => {
    template('api').resourceCountIs('AWS::IAM::Policy', 0);
    template('api').resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template('lake').resourceCountIs('AWS::IAM::Policy', 0);
  });
});
