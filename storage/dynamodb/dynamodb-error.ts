import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import type { Item } from '#storage/dynamodb/attributes.ts';

/** What DynamoDB says beside the name of an error, each member of some errors only. */
export interface ErrorDetails {
  readonly message?: string;
  /** `ConditionalCheckFailedException`: the item as it stood, when it was asked for and there was one. */
  readonly Item?: Item | undefined;
  /** `TransactionCanceledException`: one for each action, in their order. */
  readonly CancellationReasons?: readonly CancellationReason[] | undefined;
}

/** An answer of DynamoDB that is not a success, in the form of the SDK's errors. */
export class DynamoDbError extends Error {
  readonly $metadata: { readonly httpStatusCode: number; readonly requestId: string | undefined };
  readonly Item: Item | undefined;
  readonly CancellationReasons: readonly CancellationReason[] | undefined;

  /** @param name DynamoDB's, such as `ThrottlingException` */
  constructor(name: string, details: ErrorDetails, httpStatusCode = 400, requestId?: string) {
    super(details.message ?? 'DynamoDB gave no reason');
    this.name = name;
    this.$metadata = { httpStatusCode, requestId };
    this.Item = details.Item;
    this.CancellationReasons = details.CancellationReasons;
  }
}
