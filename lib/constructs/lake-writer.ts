import { Duration, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { LrsFunction, type LrsFunctionProps } from '#lib/constructs/lrs-function.ts';

export interface LakeWriterProps extends Omit<LrsFunctionProps, 'timeout' | 'memory'> {
  /** Of the Statements table. */
  readonly streamArn: string;
  /** Seconds that changes are collected for. */
  readonly windowSeconds: number;
}

/** MB: a lot of some 8 MB of JSON, and what is made of it, is in memory at once, whatever the batch. */
const MEMORY = 512;
const TIMEOUT = Duration.minutes(5);

/** As many changes as Lambda hands on at once; mostly 6 MB are less. */
const BATCH = 10_000;

/** Of a batch, and of each half that it is divided into: what is out of reach for some minutes must not be given up. */
const RETRIES = 10;

/** What has failed can be brought in by a backfill at any time; the messages only say when it was. */
const KEEP_FAILURES = Duration.days(14);

/** Of statements and their placeholders; packs, entries and journals have others. */
const STATEMENT_SORT_KEY = 's';

/** The function that brings statements into the lake, what calls it, and the queue for what it could not bring in. */
export class LakeWriter extends Construct {
  readonly lrsFunction: LrsFunction;
  /** Messages say which part of the stream it was, and hold nothing of it. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, { streamArn, windowSeconds, statements, ...props }: LakeWriterProps) {
    super(scope, id);
    this.failures = this.#failures();
    const tellOfFailures = new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: [this.failures.queueArn],
    });
    this.lrsFunction = new LrsFunction(this, 'Write', {
      ...props,
      statements: [...statements, tellOfFailures],
      memory: MEMORY,
      timeout: TIMEOUT,
    });
    new EventSourceMapping(this, 'Stream', {
      target: this.lrsFunction.function,
      eventSourceArn: streamArn,
      // A mapping that is made anew misses nothing of the last 24 hours; what is in the lake already is not written twice.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH,
      maxBatchingWindow: Duration.seconds(windowSeconds),
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: FilterRule.isEqual(STATEMENT_SORT_KEY) } } } })],
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    });
  }

  #failures(): Queue {
    const queue = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: KEEP_FAILURES,
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is where messages of failures end: nothing receives them, an alarm tells people.',
    });
    return queue;
  }
}
