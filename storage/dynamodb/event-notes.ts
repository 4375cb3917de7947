import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type ItemKey } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';
import { ttlOf, valueItem } from '#storage/dynamodb/registry/registry-item.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import type { EventNotes, NotedEvent } from '#storage/event-notes.ts';

const DAY_MS = 86_400_000;
/** Milliseconds from the event on: longer than it is looked for, so that none goes by itself that could be sealed. */
const KEPT = 10 * DAY_MS;

/** Where the events of a day are noted, of all stores: they are sealed together. @param time milliseconds since 1970 */
export function notesPartitionOf(time: number): string {
  return joinKey(ALL_STORES, 'events', new Date(time).toISOString().slice(0, 'YYYY-MM-DD'.length));
}

export function noteKeyOf({ id, event: { store, action, time } }: NotedEvent): ItemKey {
  return { pk: notesPartitionOf(time), sk: joinKey(store, action, id) };
}

/** Events in the Registry table, an item for each, which stays when it is sealed: so it is not noted again. */
export class DynamoDbEventNotes implements EventNotes {
  readonly #client: DynamoDb;
  readonly #table: string;

  constructor(client: DynamoDb, tableName: string) {
    this.#client = client;
    this.#table = tableName;
  }

  async note(noted: NotedEvent): Promise<void> {
    try {
      await this.#client.call('PutItem', {
        TableName: this.#table,
        Item: valueItem(noteKeyOf(noted), noted, { ttl: ttlOf(noted.event.time + KEPT) }),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
    }
  }
}
