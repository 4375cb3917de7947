import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AuditEvent } from '#access/audit-record.ts';
import { COUNT_NAMES, type Counts, type EventKind } from '#access/counted-event.ts';
import { type Item, keyAttributes, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { AuditChain, type AuditChainOptions } from '#storage/dynamodb/audit/audit-chain.ts';
import { counterKeyOf, counterPartitionOf } from '#storage/dynamodb/event-counters.ts';
import { readRange } from '#storage/dynamodb/registry/read-range.ts';
import { isExpired } from '#storage/dynamodb/registry/registry-item.ts';
import type { Counter, SealableCounters } from '#storage/event-counters.ts';
import type { Page, PageRequest } from '#storage/paging.ts';

/** The counters of the Registry table, with the chains that they are sealed into. */
export class DynamoDbSealableCounters implements SealableCounters {
  readonly #place: AuditChainOptions;
  readonly #chain: AuditChain;

  constructor(options: AuditChainOptions) {
    this.#place = options;
    this.#chain = new AuditChain(options);
  }

  async list(hour: string, { limit, after }: PageRequest): Promise<Page<Counter>> {
    const now = this.#place.now();
    const items = await readRange(this.#place, {
      partition: counterPartitionOf(hour),
      after,
      count: limit,
      isListed: (item) => !isExpired(item, now),
    });
    const last = items.at(limit - 1);
    return { items: items.map((item) => counterOf(hour, item)), ...(last && { next: textOf(last, 'sk') }) };
  }

  async seal({ hour, events: { counts, ...kind } }: Counter, summary: AuditEvent): Promise<boolean> {
    return 'record' in (await this.#chain.append(summary, [this.#removal(hour, kind, counts)]));
  }

  #removal(hour: string, kind: EventKind, counts: Counts): TransactWriteItem {
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

function counterOf(hour: string, item: Item): Counter {
  const kind: EventKind = JSON.parse(textOf(item, 'value'));
  const counted = COUNT_NAMES.filter((name) => name in item);
  return { hour, events: { ...kind, counts: Object.fromEntries(counted.map((name) => [name, numberOf(item, name)])) } };
}
