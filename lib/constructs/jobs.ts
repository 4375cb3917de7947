import { Duration } from 'aws-cdk-lib';
import { RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { callHourly } from '#lib/constructs/call-hourly.ts';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';

const MEMORY = 1_024;

/** As long as Lambda lets it. What one call leaves undone it calls itself for. */
const TIMEOUT = Duration.minutes(15);

/** Calls that failed are made twice more, and what is older is left to the clock. */
const RETRIES = 2;
const PATIENCE = Duration.hours(1);

/**
 * The function that carries out jobs, a part of one with each call, and the clock that picks up jobs that were left. So a call
 * that fails for good is no loss, and needs no queue: its job is in the Registry, to be taken up once its lease is over.
 */
export class Jobs extends Construct {
  readonly lrsFunction: LrsFunction;

  constructor(scope: Construct, id: string, props: Omit<LrsFunctionProps, 'timeout' | 'memory' | 'recursiveLoop'>) {
    super(scope, id);
    this.lrsFunction = new LrsFunction(this, 'Run', {
      ...props,
      memory: MEMORY,
      timeout: TIMEOUT,
      // Lambda would take the long chain of its calls for a mistake, and end it after 16.
      recursiveLoop: RecursiveLoop.ALLOW,
    });
    this.lrsFunction.function.configureAsyncInvoke({ retryAttempts: RETRIES, maxEventAge: PATIENCE });
    callHourly(this, this.lrsFunction.function, props.description);
  }
}
