import type { KeysAndAttributes, QueryCommandInput, WriteRequest } from '@aws-sdk/client-dynamodb';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { STATEMENTS } from '#storage/dynamodb/tables.ts';

/**
 * Answers as DynamoDB does, but for conditions, updates, filters and projections of a request, which are not carried out.
 * All tables are one, with the indexes of that of statements.
 */
export class ItemsInMemory implements DynamoDb {
  readonly #items = new Map<string, Item>();
  /** Index and partition → rows, ascending. */
  readonly #partitions = new Map<string, readonly Item[]>();

  call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  async call(_: OperationName, input: InputOf<OperationName>): Promise<object> {
    return this.answer(input);
  }

  answer(input: InputOf<OperationName>): object {
    if ('TransactItems' in input) {
      for (const write of input.TransactItems ?? []) if ('Put' in write) this.#put(write.Put?.Item);
      return {};
    }
    if ('RequestItems' in input) return this.#batch(input.RequestItems ?? {});
    if ('Item' in input) this.#put(input.Item);
    if ('KeyConditionExpression' in input) return this.#query(input);
    if ('Key' in input && !('UpdateExpression' in input)) return { Item: this.#get(input.Key) };
    return {};
  }

  #put(item: Item | undefined): void {
    if (item === undefined) return;
    this.#items.set(nameOf(item), item);
    this.#partitions.clear();
  }

  #get(key: Item | undefined): Item | undefined {
    return key && this.#items.get(nameOf(key));
  }

  #batch(tables: Readonly<Record<string, KeysAndAttributes | readonly WriteRequest[]>>): object {
    const found: Record<string, Item[]> = {};
    for (const [table, batch] of Object.entries(tables)) {
      if (!('Keys' in batch)) for (const { PutRequest } of batch) this.#put(PutRequest?.Item);
      else found[table] = (batch.Keys ?? []).map((key) => this.#get(key)).filter((item) => item !== undefined);
    }
    return { Responses: found };
  }

  #query({
    IndexName,
    ExpressionAttributeValues: values,
    ScanIndexForward,
    ExclusiveStartKey,
    Limit = Infinity,
  }: Omit<QueryCommandInput, 'TableName'>): object {
    const keys = keysOf(IndexName);
    const rows = this.#partition(IndexName, keys, values?.[':partition']?.S);
    const [from = '', to = '~'] = [values?.[':from']?.S, values?.[':to']?.S];
    const start = ExclusiveStartKey?.[keys.sort]?.S;
    const isDescending = ScanIndexForward === false;
    const isLeft = (at: string): boolean => start === undefined || (isDescending ? at < start : at > start);
    const left = rows.filter((row) => {
      const at = row[keys.sort]?.S ?? '';
      return at >= from && at <= to && isLeft(at);
    });
    const Items = (isDescending ? left.reverse() : left).slice(0, Limit);
    const last = Items.length === Limit ? Items.at(-1) : undefined;
    return {
      Items,
      ScannedCount: Items.length,
      ...(last !== undefined && { LastEvaluatedKey: only(last, ['pk', 'sk', keys.partition, keys.sort]) }),
    };
  }

  #partition(index: string | undefined, keys: Keys, partition: string | undefined): readonly Item[] {
    const name = `${index} ${partition}`;
    const known = this.#partitions.get(name);
    if (known !== undefined) return known;
    const rows = Array.from(this.#items.values())
      .filter((item) => item[keys.partition]?.S === partition && item[keys.sort] !== undefined)
      .map((item) => only(item, keys.carried))
      .sort((one, other) => ((one[keys.sort]?.S ?? '') < (other[keys.sort]?.S ?? '') ? -1 : 1));
    this.#partitions.set(name, rows);
    return rows;
  }
}

interface Keys {
  readonly partition: string;
  readonly sort: string;
  /** The attributes of its rows; undefined: all. */
  readonly carried: readonly string[] | undefined;
}

function keysOf(index: string | undefined): Keys {
  const definition = STATEMENTS.indexes.find(({ name }) => name === index);
  if (definition === undefined) return { partition: 'pk', sort: 'sk', carried: undefined };
  const { partitionKey: partition, sortKey: sort, include } = definition;
  return { partition, sort, carried: ['pk', 'sk', partition, sort, ...include] };
}

function only(item: Item, names: readonly string[] | undefined): Item {
  if (names === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

function nameOf(item: Item): string {
  const { pk, sk } = keyOf(item);
  return `${pk} ${sk}`;
}
