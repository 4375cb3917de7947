import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { callHourly } from '#lib/constructs/call-hourly.ts';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';

/** What one call leaves undone the next does. */
const TIMEOUT = Duration.minutes(5);

/** The function that puts what was counted into the audit, and the clock that calls it: an hour is summarised in the next. */
export class Keeper extends Construct {
  readonly lrsFunction: LrsFunction;

  constructor(scope: Construct, id: string, props: Omit<LrsFunctionProps, 'timeout'>) {
    super(scope, id);
    this.lrsFunction = new LrsFunction(this, 'Keep', { ...props, timeout: TIMEOUT });
    callHourly(this, this.lrsFunction.function, props.description);
  }
}
