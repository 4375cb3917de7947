import type { QueryCommandInput, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { putItems, readItems } from '#storage/dynamodb/batch.ts';
import { isTransactionConflict, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import type { EmptyPartitions } from '#storage/dynamodb/statements/empty-partitions.ts';
import { isOfWholePartition, type PartitionQuery, queryInput } from '#storage/dynamodb/statements/partition-query.ts';
import { partitionName, partitionsOf } from '#storage/dynamodb/statements/partitions-of.ts';
import { SingleWrites, type Write, type Writes } from '#storage/dynamodb/writes.ts';

/** Waits before a write is sent again that met a transaction on its items, in milliseconds. */
const CONFLICT_PAUSES = [10, 30, 60, 120, 250] as const;

export interface QueryPage {
  readonly items: readonly Item[];
  /** Items read, those that a filter has left out included. */
  readonly scanned: number;
  readonly lastKey: Item | undefined;
}

const NOTHING: QueryPage = { items: [], scanned: 0, lastKey: undefined };

/** A condition of a write, in the terms of DynamoDB's expressions. */
export interface Condition {
  readonly expression: string;
  readonly values?: Item;
}

export interface Update {
  readonly key: ItemKey;
  readonly expression: string;
  /** Absent: whatever is there. */
  readonly condition?: string;
  readonly values: Item;
}

export interface Removal {
  readonly key: ItemKey;
  readonly condition: string;
  readonly values: Item;
}

/** What a process may do that is the only one to write to the table. */
export interface TableOptions {
  /** Shared by all who write what pages read; absent: there may be others, or it is asked anyway. */
  readonly emptyPartitions?: EmptyPartitions | undefined;
  /** What single puts go through; absent: each is a call. */
  readonly writes?: Writes | undefined;
}

/** The calls to the Statements table; their errors are domain errors or failed conditions. */
export class StatementsTable {
  readonly #client: DynamoDb;
  readonly #emptyPartitions: EmptyPartitions | undefined;
  readonly #writes: Writes;
  readonly name: string;

  constructor(
    client: DynamoDb,
    name: string,
    { emptyPartitions, writes = new SingleWrites(client) }: TableOptions = {},
  ) {
    this.#client = client;
    this.#emptyPartitions = emptyPartitions;
    this.#writes = writes;
    this.name = name;
  }

  /** Strongly consistent. */
  async get(key: ItemKey): Promise<Item | undefined> {
    const output = await this.#client
      .call('GetItem', { TableName: this.name, Key: keyAttributes(key), ConsistentRead: true })
      .catch(throwDomainError);
    return output.Item;
  }

  /** Strongly consistent; in no particular order, without those that do not exist. @param keys without repeats. */
  async getAll(keys: readonly ItemKey[], names?: readonly string[]): Promise<readonly Item[]> {
    return readItems(this.#client, this.name, keys, names);
  }

  /** @throws ConditionalCheckFailedException with the item as it stood. */
  async put(item: Item, condition: Condition, signal: AbortSignal): Promise<void> {
    const write = this.transactPut(item, condition);
    await this.#writing([item], () => untilNoConflict(() => this.#writes.write(write, { signal })));
  }

  /** Never gives an item the key of an index. @throws ConditionalCheckFailedException with the item as it stood. */
  async update(update: Update): Promise<void> {
    await this.#writing([keyAttributes(update.key)], () =>
      untilNoConflict(() => this.#client.call('UpdateItem', { TableName: this.name, ...conditionalUpdate(update) })),
    );
  }

  /** @throws ConditionalCheckFailedException */
  async delete(removal: Removal): Promise<void> {
    await untilNoConflict(() => this.#client.call('DeleteItem', { TableName: this.name, ...conditional(removal) }));
  }

  /** @throws TransactionCanceledException with a reason per action. */
  async transact(actions: readonly TransactWriteItem[], signal: AbortSignal): Promise<void> {
    const items = actions.map(({ Put, Update: update }): Item => Put?.Item ?? update?.Key ?? {});
    await this.#writing(items, () =>
      untilNoConflict(() => this.#client.call('TransactWriteItems', { TransactItems: [...actions] }, { signal })),
    );
  }

  transactPut(item: Item, condition?: Condition): Write {
    return {
      Put: { TableName: this.name, ...(condition === undefined ? { Item: item } : conditionalPut(item, condition)) },
    };
  }

  transactUpdate(update: Update): TransactWriteItem {
    return { Update: { TableName: this.name, ...conditionalUpdate(update) } };
  }

  /** Unconditional puts, in any order, not atomic. @param items with different keys. */
  async putAll(items: readonly Item[]): Promise<void> {
    await this.#writing(items, () => putItems(this.#client, this.name, items));
  }

  /** As consistent as what is asked: the table, or an index. */
  async between(query: PartitionQuery): Promise<QueryPage> {
    const name = partitionName(query.index, query.partition);
    if (this.#emptyPartitions?.has(name) === true) return NOTHING;
    const ask = (): Promise<QueryPage> => this.#query(queryInput(query));
    if (this.#emptyPartitions === undefined || !isOfWholePartition(query)) return ask();
    return this.#emptyPartitions.asking(name, ask, isNothing);
  }

  /** All items of a partition of the table, strongly consistent. */
  async partition(partition: string, startKey: Item | undefined): Promise<QueryPage> {
    return this.#query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: partition } },
      ConsistentRead: true,
      ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
    });
  }

  async #query(input: Omit<QueryCommandInput, 'TableName'>): Promise<QueryPage> {
    const output = await this.#client.call('Query', { TableName: this.name, ...input }).catch(throwDomainError);
    const { Items: items = [], ScannedCount: scanned = items.length, LastEvaluatedKey: lastKey } = output;
    return { items, scanned, lastKey };
  }

  #writing(items: readonly Item[], write: () => Promise<void>): Promise<void> {
    return this.#emptyPartitions === undefined ? write() : this.#emptyPartitions.writing(partitionsOf(items), write);
  }
}

function isNothing({ scanned, lastKey }: QueryPage): boolean {
  return scanned === 0 && lastKey === undefined;
}

async function untilNoConflict(send: () => Promise<unknown>): Promise<void> {
  for (const pause of CONFLICT_PAUSES) {
    try {
      await send();
      return;
    } catch (error) {
      if (!isTransactionConflict(error)) throwDomainError(error);
      await sleep(pause);
    }
  }
  await send().catch(throwDomainError);
}

function conditionalPut(item: Item, condition: Condition) {
  return {
    Item: item,
    ConditionExpression: condition.expression,
    ...(condition.values === undefined ? {} : { ExpressionAttributeValues: condition.values }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
}

function conditionalUpdate(update: Update) {
  return { ...conditional(update), UpdateExpression: update.expression };
}

function conditional({ key, condition, values }: Pick<Update, 'key' | 'condition' | 'values'>) {
  return {
    Key: keyAttributes(key),
    ExpressionAttributeValues: values,
    ...(condition === undefined
      ? {}
      : { ConditionExpression: condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
  };
}
