import { COUNT_NAMES, type CountedEvent, type EventKind, startOfHour } from '#access/counted-event.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';
import { throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import type { EventCounters } from '#storage/event-counters.ts';

/** Milliseconds from the hour on: longer than they are sealed, so that none goes by itself that could be. */
const KEPT = 8 * 86_400_000;

/** Where the events of an hour are counted, of all stores, because they are sealed together. */
export function counterPartitionOf(hour: string): string {
  return joinKey(ALL_STORES, 'counts', hour);
}

export function counterKeyOf(hour: string, { store, action, principal, source, reason }: EventKind): ItemKey {
  const sk = joinKey(store, action, ...[principal, source, reason].map((text) => text ?? ''));
  return { pk: counterPartitionOf(hour), sk };
}

/** Counters in the Registry table: an item for each kind of event and hour. */
export class DynamoDbEventCounters implements EventCounters {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  async add(hour: string, { counts, ...kind }: CountedEvent): Promise<void> {
    const added = COUNT_NAMES.filter((name) => counts[name] !== undefined);
    await this.#client
      .call('UpdateItem', {
        TableName: this.#table,
        Key: keyAttributes(counterKeyOf(hour, kind)),
        UpdateExpression: `SET #value = :kind, #ttl = :ttl ADD ${added.map((name) => `#${name} :${name}`).join(', ')}`,
        ExpressionAttributeNames: {
          '#value': 'value',
          '#ttl': 'ttl',
          ...Object.fromEntries(added.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ':kind': { S: JSON.stringify(kind) },
          ':ttl': { N: String((startOfHour(hour) + KEPT) / 1_000) },
          ...Object.fromEntries(added.map((name) => [`:${name}`, { N: String(counts[name]) }])),
        },
      })
      .catch(throwDomainError);
  }
}
