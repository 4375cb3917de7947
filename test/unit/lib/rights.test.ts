import { CfnElement } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { describe, expect, it } from 'vitest';
import { policyStatements } from '#lib/constructs/grant-rights.ts';
import { RIGHTS } from '#lib/rights.ts';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';
import { readSettings } from '#lib/config/read-settings.ts';
import { rightsResources } from '#lib/stacks/deployed-resources.ts';
import { synthesize } from '#test/support/synthesize.ts';

const { stacks, template } = synthesize();
const { api, data } = stacks;
const deployed = template('api');
const resources = rightsResources(api, readSettings({}), data);

const FUNCTIONS = { ...api.functions, keeper: api.keeper };

describe.each([...ROUTED_FUNCTIONS, 'keeper'] as const)('the role of the function %s', (name) => {
  const { function: lambda, logGroup } = FUNCTIONS[name];

  it('has the rights that are listed, that to write its own log, and nothing else', () => {
    const writeLog = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    });
    const statements = [writeLog, ...policyStatements(RIGHTS[name], resources)];
    const role = lambda.role?.node.defaultChild;
    const id = CfnElement.isCfnElement(role) ? String(api.resolve(role.logicalId)) : '';
    expect(deployed.findResources('AWS::IAM::Role')).toHaveProperty(id);
    const { Properties } = deployed.findResources('AWS::IAM::Role')[id] ?? {};
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(Properties).toHaveProperty('Policies', [
      { PolicyName: 'Rights', PolicyDocument: api.resolve(new PolicyDocument({ statements })) },
    ]);
  });
});

describe('policies', () => {
  it('are part of their roles', () => {
    deployed.resourceCountIs('AWS::IAM::Policy', 0);
    deployed.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });
});
