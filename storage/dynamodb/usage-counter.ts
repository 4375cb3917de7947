import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, keyAttributes, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { usageKey } from '#storage/dynamodb/registry/registry-keys.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import { overloaded } from '#storage/aws/overload.ts';
import type { UsageCounter, UsageSubject } from '#storage/usage-counter.ts';

const DAY_MS = 86_400_000;

/** Of each two, one finds the day begun by somebody else. */
const ATTEMPTS = 4;

/** Counts in the Registry table, one item for each principal, which has the last day only. */
export class DynamoDbUsageCounter implements UsageCounter {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  async add(subject: UsageSubject, requests: number): Promise<number | undefined> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const added = await this.#update(subject, addition(requests));
      if (added.done) return numberOf(added.item, 'count');
      if (added.item !== undefined && isLater(textOf(added.item, 'day'), subject.day)) return undefined;
      const begun = await this.#update(subject, beginning(subject, requests));
      if (begun.done) return requests;
    }
    throw overloaded(new Error('the day of a count changed again and again'));
  }

  async #update(
    { store, principal, day }: UsageSubject,
    { ExpressionAttributeNames, ExpressionAttributeValues, ...change }: Change,
  ): Promise<{ readonly done: true; readonly item: Item } | { readonly done: false; readonly item: Item | undefined }> {
    try {
      const { Attributes = {} } = await this.#client.call('UpdateItem', {
        TableName: this.#table,
        Key: keyAttributes(usageKey(store, principal)),
        ...change,
        ExpressionAttributeNames: { '#day': 'day', '#count': 'count', ...ExpressionAttributeNames },
        ExpressionAttributeValues: { ':day': { S: day }, ...ExpressionAttributeValues },
        ReturnValues: 'UPDATED_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return { done: true, item: Attributes };
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
      return { done: false, item: error.Item };
    }
  }
}

type Change = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

function addition(requests: number): Change {
  return {
    UpdateExpression: 'ADD #count :requests',
    ConditionExpression: '#day = :day',
    ExpressionAttributeValues: { ':requests': { N: String(requests) } },
  };
}

/** Whether the count has gone on. A day that is further ahead was written by a clock that went wrong, and does not count. */
function isLater(one: string, other: string): boolean {
  return one > other && one <= dayAfter(other);
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, day.length);
}

function beginning({ day, expires }: UsageSubject, requests: number): Change {
  return {
    UpdateExpression: `SET #day = :day, #count = :requests${expires === undefined ? '' : ', #ttl = :ttl'}`,
    ConditionExpression: 'attribute_not_exists(#day) OR #day < :day OR #day > :dayAfter',
    ...(expires !== undefined && { ExpressionAttributeNames: { '#ttl': 'ttl' } }),
    ExpressionAttributeValues: {
      ':dayAfter': { S: dayAfter(day) },
      ':requests': { N: String(requests) },
      ...(expires !== undefined && { ':ttl': { N: String(expires) } }),
    },
  };
}
