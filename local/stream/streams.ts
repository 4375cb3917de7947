import type { DynamoDBRecord } from 'aws-lambda';

/** A record as DynamoDB gives it: as Lambda hands it on, but for who made the change, and from where it comes. */
export interface GivenRecord extends Omit<DynamoDBRecord, 'userIdentity' | 'eventSourceARN'> {
  /** DynamoDB itself, when it has deleted an expired item. */
  readonly userIdentity?: { readonly PrincipalId?: string; readonly Type?: string };
}

export type ShardPosition =
  | { readonly ShardIteratorType: 'TRIM_HORIZON' }
  | { readonly ShardIteratorType: 'AFTER_SEQUENCE_NUMBER'; readonly SequenceNumber: string };

/** The operations of DynamoDB Streams that the pump uses (API of 2012-08-10), with what it uses of them. */
interface Operations {
  DescribeStream: Operation<
    { readonly StreamArn: string; readonly ExclusiveStartShardId?: string },
    { readonly StreamDescription?: StreamDescription }
  >;
  GetRecords: Operation<
    { readonly ShardIterator: string; readonly Limit: number },
    {
      readonly Records?: readonly GivenRecord[];
      /** None when the shard is over. */
      readonly NextShardIterator?: string | null;
    }
  >;
  GetShardIterator: Operation<
    ShardPosition & { readonly StreamArn: string; readonly ShardId: string },
    { readonly ShardIterator?: string }
  >;
}

interface StreamDescription {
  readonly Shards?: readonly { readonly ShardId?: string; readonly ParentShardId?: string }[];
  readonly LastEvaluatedShardId?: string | null;
}

interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
}

export type StreamOperation = keyof Operations;
export type InputOf<Name extends StreamOperation> = Operations[Name]['input'];
export type OutputOf<Name extends StreamOperation> = Operations[Name]['output'];

/** What tells how items of tables have changed. */
export interface Streams {
  /**
   * @param signal ends the call, which fails with an `AbortError`
   * @throws DynamoDbError when DynamoDB refuses; Node's errors and `TimeoutError` when there is no answer. What may
   * succeed when it is tried again has been.
   */
  call<Name extends StreamOperation>(
    operation: Name,
    input: InputOf<Name>,
    signal?: AbortSignal,
  ): Promise<OutputOf<Name>>;
}
