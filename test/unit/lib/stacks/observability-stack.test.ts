import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from '#test/support/synthesize.ts';
import { textOf } from '#test/support/template-text.ts';
import { alarmsOf } from '#test/support/watching.ts';

const prod = synthesize({ alarmEmail: 'ops@example.com' }).template('observability');

describe('observability stack', () => {
  it('is in production what it was', () => {
    expect(synthesize().template('observability').toJSON()).toMatchSnapshot();
  });

  it('sends mail to the address it is given', () => {
    prod.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.com' });
    synthesize().template('observability').resourceCountIs('AWS::SNS::Subscription', 0);
  });

  it('lets its own alarms publish to the topic, nobody without TLS', () => {
    const [topic] = Object.keys(prod.findResources('AWS::SNS::Topic'));
    prod.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: topic }],
      PolicyDocument: Match.objectLike({
        Statement: [
          Match.objectLike({ Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': Match.anyValue() },
            },
          }),
        ],
      }),
    });
    const [policy] = Object.values(prod.findResources('AWS::SNS::TopicPolicy'));
    const source: unknown = policy?.['Properties'].PolicyDocument.Statement[1].Condition.ArnLike['aws:SourceArn'];
    expect(textOf(source)).toBe('arn:aws:cloudwatch:eu-central-1:<AWS::AccountId>:alarm:lrs-prod-*');
  });

  it('leaves the topic without a key of KMS, which CloudWatch might not use', () => {
    prod.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  it('tells the topic', () => {
    const [topic] = Object.keys(prod.findResources('AWS::SNS::Topic'));
    prod.hasOutput('AlarmTopic', { Value: { Ref: topic } });
  });

  it('raises no alarms in a stage that is thrown away, unless somebody wants to be told', () => {
    const quiet = synthesize({ stage: 'dev' }).template('observability');
    quiet.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    quiet.resourceCountIs('AWS::SNS::Topic', 0);
    quiet.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    const told = synthesize({ stage: 'dev', alarmEmail: 'ops@example.com' }).template('observability');
    expect(alarmsOf(told)).toHaveLength(alarmsOf(prod).length);
  });

  it('has names that no other LRS or stage of the account has', () => {
    const lrss = [{}, { stage: 'dev' }, { name: 'training' }].map((settings) =>
      synthesize({ ...settings, alarmEmail: 'ops@example.com' }).template('observability'),
    );
    const names = lrss.flatMap((template) => [
      ...alarmsOf(template).map(({ name }) => name),
      ...namesOf(template.findResources('AWS::Logs::QueryDefinition'), 'Name'),
      ...namesOf(template.findResources('AWS::CloudWatch::Dashboard'), 'DashboardName'),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});

function namesOf(resources: Readonly<Record<string, Record<string, unknown>>>, member: string): readonly unknown[] {
  return Object.values(resources).map((resource) => Object(resource['Properties'])[member]);
}
