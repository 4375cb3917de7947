import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { COUNT_NAMES, type EventKind } from '#access/counted-event.ts';
import type { StoreId } from '#access/store.ts';
import { type Item, keyAttributes, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { AuditChain, type AuditChainOptions } from '#storage/dynamodb/audit/audit-chain.ts';
import { counterKeyOf, counterPartitionOf } from '#storage/dynamodb/event-counters.ts';
import { noteKeyOf, notesPartitionOf } from '#storage/dynamodb/event-notes.ts';
import { readRange } from '#storage/dynamodb/registry/read-range.ts';
import { isExpired } from '#storage/dynamodb/registry/registry-item.ts';
import type { NotedEvent } from '#storage/event-notes.ts';
import type { Page, PageRequest } from '#storage/paging.ts';
import type { Counter, SealableEvents, Sealing } from '#storage/sealable-events.ts';

/** What was counted and noted in the Registry table, with the chains that they are sealed into. */
export class DynamoDbSealableEvents implements SealableEvents {
  readonly #place: AuditChainOptions;
  readonly #chain: AuditChain;

  constructor(options: AuditChainOptions) {
    this.#place = options;
    this.#chain = new AuditChain(options);
  }

  list(hour: string, page: PageRequest): Promise<Page<Counter>> {
    return this.#list(counterPartitionOf(hour), page, (item) => counterOf(hour, item));
  }

  listNoted(time: number, page: PageRequest): Promise<Page<NotedEvent>> {
    return this.#list(notesPartitionOf(time), page, noteOf);
  }

  async seal(store: StoreId, sealings: readonly Sealing[]): Promise<number> {
    let left = sealings;
    while (left.length > 0) {
      const records = left.map(({ record }) => record);
      const writes = left.map(({ from }) => ('event' in from ? this.#markOf(from) : this.#removalOf(from)));
      const result = await this.#chain.appendAll(store, records, writes);
      if ('record' in result) return left.length;
      const refused = new Set(result.refused);
      left = left.filter((_, index) => !refused.has(index));
    }
    return 0;
  }

  async #list<Listed>(
    partition: string,
    { limit, after }: PageRequest,
    read: (item: Item) => Listed,
  ): Promise<Page<Listed>> {
    const now = this.#place.now();
    const isListed = (item: Item): boolean => !isExpired(item, now) && !('sealed' in item);
    const items = await readRange(this.#place, { partition, after, count: limit, isListed });
    const last = items.at(limit - 1);
    return { items: items.map(read), ...(last && { next: textOf(last, 'sk') }) };
  }

  /** The item stays, without what it said. */
  #markOf(noted: NotedEvent): TransactWriteItem {
    return {
      Update: {
        TableName: this.#place.tableName,
        Key: keyAttributes(noteKeyOf(noted)),
        UpdateExpression: 'SET #sealed = :sealed REMOVE #value',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#sealed)',
        ExpressionAttributeNames: { '#sealed': 'sealed', '#value': 'value' },
        ExpressionAttributeValues: { ':sealed': { BOOL: true } },
      },
    };
  }

  #removalOf({ hour, events: { counts, ...kind } }: Counter): TransactWriteItem {
    const unchanged = COUNT_NAMES.map((name) =>
      counts[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
    );
    const values = Object.entries(counts).map(([name, count]) => [`:${name}`, { N: String(count) }]);
    return {
      Delete: {
        TableName: this.#place.tableName,
        Key: keyAttributes(counterKeyOf(hour, kind)),
        ConditionExpression: ['attribute_exists(pk)', ...unchanged].join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(COUNT_NAMES.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(values),
      },
    };
  }
}

function noteOf(item: Item): NotedEvent {
  const noted: NotedEvent = JSON.parse(textOf(item, 'value'));
  return noted;
}

function counterOf(hour: string, item: Item): Counter {
  const kind: EventKind = JSON.parse(textOf(item, 'value'));
  const counted = COUNT_NAMES.filter((name) => name in item);
  return { hour, events: { ...kind, counts: Object.fromEntries(counted.map((name) => [name, numberOf(item, name)])) } };
}
