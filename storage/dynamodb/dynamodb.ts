import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
  DeleteItemCommandInput,
  DeleteItemCommandOutput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  PutItemCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
  UpdateItemCommandInput,
  UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';

/** The operations of DynamoDB that the LRS uses, in the SDK's terms: bytes are `Uint8Array`. */
interface Operations {
  BatchGetItem: Operation<BatchGetItemCommandInput, BatchGetItemCommandOutput>;
  BatchWriteItem: Operation<BatchWriteItemCommandInput, BatchWriteItemCommandOutput>;
  DeleteItem: Operation<DeleteItemCommandInput, DeleteItemCommandOutput>;
  GetItem: Operation<GetItemCommandInput, GetItemCommandOutput>;
  PutItem: Operation<PutItemCommandInput, PutItemCommandOutput>;
  Query: Operation<QueryCommandInput, QueryCommandOutput>;
  TransactWriteItems: Operation<TransactWriteItemsCommandInput, TransactWriteItemsCommandOutput>;
  UpdateItem: Operation<UpdateItemCommandInput, UpdateItemCommandOutput>;
}

interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Omit<Output, '$metadata'>;
}

export type OperationName = keyof Operations;
export type InputOf<Name extends OperationName> = Operations[Name]['input'];
export type OutputOf<Name extends OperationName> = Operations[Name]['output'];

export interface CallOptions {
  /** Ends the call, which fails with an `AbortError`. What was asked for may be done nevertheless. */
  readonly signal?: AbortSignal | undefined;
}

/** What carries out operations on the items of tables. */
export interface DynamoDb {
  /**
   * @throws DynamoDbError when DynamoDB refuses; Node's errors, `TimeoutError` and `AbortError` when there is no answer.
   * What may succeed when it is tried again has been.
   */
  call<Name extends OperationName>(
    operation: Name,
    input: InputOf<Name>,
    options?: CallOptions,
  ): Promise<OutputOf<Name>>;
}
