import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { callHourly } from '#lib/constructs/call-hourly.ts';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';

/** MB: files of 128 MB are decoded, sorted and encoded in memory, and one thread of JavaScript has more than a processor. */
const MEMORY = 3_008;

/** As long as Lambda lets it. What one call leaves undone the next does. */
const TIMEOUT = Duration.minutes(15);

/** The function that keeps the lake in order, and the clock that calls it; what writes the lake calls it as well. */
export class LakeCompactor extends Construct {
  readonly lrsFunction: LrsFunction;

  constructor(scope: Construct, id: string, props: Omit<LrsFunctionProps, 'timeout' | 'memory'>) {
    super(scope, id);
    this.lrsFunction = new LrsFunction(this, 'Compact', { ...props, memory: MEMORY, timeout: TIMEOUT });
    callHourly(this, this.lrsFunction.function, props.description);
  }
}
