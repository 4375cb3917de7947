import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { AlarmDefinition } from '#lib/constructs/observability/alarm-definition.ts';
import { alarmDefinitions } from '#lib/constructs/observability/alarm-definitions.ts';
import type { Watched } from '#lib/constructs/observability/watched.ts';

export interface AlarmsProps {
  readonly watched: Watched;
  /** Who gets the messages; others may subscribe to the topic. */
  readonly email: string | undefined;
}

const RUNBOOK = 'docs/operations/runbook.md';

/** The alarms of an LRS, and the topic that tells when one is raised and when it is over. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { watched, email }: AlarmsProps) {
    super(scope, id);
    this.topic = this.#topic(watched.name);
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
    const action = new SnsAction(this.topic);
    this.all = alarmDefinitions(watched).map((definition) => {
      const alarm = this.#alarm(watched.name, definition);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }

  /**
   * Messages hold names and numbers of alarms only. So the topic has no key of KMS: CloudWatch may not use the one that
   * AWS manages for SNS, and one of our own costs more than all messages.
   */
  #topic(name: string): Topic {
    const topic = new Topic(this, 'Topic', { displayName: `LRS ${name}`, enforceSSL: true });
    // A topic with a policy has lost the default one, which lets the services of the account in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisLrs',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({ service: 'cloudwatch', resource: `alarm:${name}-*` }),
          },
        },
      }),
    );
    return topic;
  }

  #alarm(name: string, definition: AlarmDefinition): Alarm {
    const { key, meaning, metric, threshold, periods, breaches, isLeast = false } = definition;
    return new Alarm(this, key, {
      alarmName: `${name}-${key}`,
      alarmDescription: `${meaning} What to do: ${RUNBOOK}#${key}`,
      metric,
      threshold,
      comparisonOperator: isLeast
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: breaches,
      // An LRS that nobody uses is well: what counts errors has no values then.
      treatMissingData: isLeast ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
  }
}
