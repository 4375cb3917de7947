import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function as CalledFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const INTERVAL = Duration.hours(1);

/** The clock of a function. A call that could not be made within the hour is left out: the next does what it would have done. */
export function callHourly(scope: Construct, called: CalledFunction, description: string): void {
  new Rule(scope, 'Hourly', {
    description,
    schedule: Schedule.rate(INTERVAL),
    targets: [new LambdaFunction(called, { maxEventAge: INTERVAL })],
  });
}
