import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import { describe, expect, it } from 'vitest';
import {
  cancellationReasons,
  isConditionFailed,
  isTransactionConflict,
  throwDomainError,
} from '#storage/dynamodb/dynamodb-errors.ts';

const domainError = (error: unknown): unknown => {
  try {
    return throwDomainError(error);
  } catch (thrown) {
    return thrown;
  }
};

const named = (name: string, extra: object = {}): Error => Object.assign(new Error(name), { name }, extra);

const cancelled = (...codes: string[]): DynamoDbError =>
  new DynamoDbError('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

const conditionFailed = new DynamoDbError('ConditionalCheckFailedException', { Item: { sk: { S: 'old' } } });

describe('errors of DynamoDB', () => {
  it.each([
    named('ProvisionedThroughputExceededException'),
    named('ThrottlingException'),
    named('RequestLimitExceeded'),
    named('TimeoutError'),
    named('Error', { code: 'ECONNRESET' }),
    named('SomethingNew', { $metadata: { httpStatusCode: 503 } }),
    cancelled('None', 'ThrottlingError'),
    cancelled('ProvisionedThroughputExceeded', 'TransactionConflict'),
  ])('become `overloaded` when the service cannot answer now: %s', (error) => {
    expect(domainError(error)).toMatchObject({ code: 'overloaded', retryAfter: 1, cause: error });
  });

  it.each([
    named('ValidationException', { $metadata: { httpStatusCode: 400 } }),
    new TypeError('a defect'),
    'not even an error',
    conditionFailed,
    cancelled('ConditionalCheckFailed', 'ThrottlingError'),
  ])('stay as they are when they say something else: %s', (error) => {
    expect(domainError(error)).toBe(error);
  });

  it('give the item that made a condition fail', () => {
    expect(isConditionFailed(conditionFailed) && conditionFailed.Item).toEqual({ sk: { S: 'old' } });
    expect(isConditionFailed(named('ValidationException'))).toBe(false);
  });

  it('give the reasons of a cancelled transaction', () => {
    expect(cancellationReasons(cancelled('None', 'ConditionalCheckFailed'))).toEqual([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed' },
    ]);
    expect(cancellationReasons(conditionFailed)).toBeUndefined();
  });

  it('tell a conflict between transactions from a failed condition', () => {
    expect(isTransactionConflict(cancelled('None', 'TransactionConflict'))).toBe(true);
    expect(isTransactionConflict(cancelled('ConditionalCheckFailed', 'TransactionConflict'))).toBe(false);
    expect(isTransactionConflict(cancelled())).toBe(false);
  });
});
