import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';

/** What was counted in an hour is summarised in the next. */
const INTERVAL = Duration.hours(1);

/** What one call leaves undone the next does. */
const TIMEOUT = Duration.minutes(5);

/** The function that puts what was counted into the audit, and the clock that calls it. */
export class Keeper extends Construct {
  readonly lrsFunction: LrsFunction;

  constructor(scope: Construct, id: string, props: Omit<LrsFunctionProps, 'timeout'>) {
    super(scope, id);
    this.lrsFunction = new LrsFunction(this, 'Keep', { ...props, timeout: TIMEOUT });
    const target = new LambdaFunction(this.lrsFunction.function, { maxEventAge: INTERVAL });
    new Rule(this, 'Hourly', {
      description: props.description,
      schedule: Schedule.rate(INTERVAL),
      targets: [target],
    });
  }
}
