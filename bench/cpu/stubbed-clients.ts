import { Readable } from 'node:stream';
import { type KeysAndAttributes, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import type { DynamoDb, InputOf, OperationName, OutputOf } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { toWire } from '#storage/dynamodb/wire-format.ts';
import { STATEMENTS } from '#storage/dynamodb/tables.ts';

/** Two clients with one memory, which no request leaves. Conditions and updates are not carried out. */
export interface StubbedClients {
  /** Answers before anything is serialised: what is left to be measured is the work above it. */
  readonly direct: DynamoDb;
  /** Serialises, signs and parses as for DynamoDB; what is written here is not remembered. */
  readonly serialising: DynamoDb;
}

const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };

export function stubbedClients(): StubbedClients {
  const memory = new Memory();
  const answers = new Map<string, string>();
  const handle = async ({ headers, body }: HttpRequest) => {
    const target = headers['x-amz-target'] ?? '';
    const isRead = /Query|Get/u.test(target);
    const text = isRead ? (answers.get(target) ?? toWire(memory.answer(JSON.parse(body)))) : '{}';
    if (isRead) answers.set(target, text);
    return { response: new HttpResponse({ statusCode: 200, body: Readable.from([Buffer.from(text)]) }) };
  };
  const serialising = new DynamoDbService(
    { region: ACCESS.region },
    { credentials: ACCESS.credentials, http: { handle } },
  );
  return { direct: memory, serialising };
}

class Memory implements DynamoDb {
  readonly #items = new Map<string, Item>();
  /** Index and partition → rows, newest first. */
  #queried = new Map<string, readonly Item[]>();

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
    if ('KeyConditionExpression' in input) return { Items: [...this.#query(input)] };
    if ('Key' in input && !('UpdateExpression' in input)) return { Item: this.#get(input.Key) };
    return {};
  }

  #put(item: Item | undefined): void {
    if (item === undefined) return;
    this.#items.set(nameOf(item), item);
    this.#queried.clear();
  }

  #get(key: Item | undefined): Item | undefined {
    return key && this.#items.get(nameOf(key));
  }

  #batch(tables: Readonly<Record<string, BatchOfTable>>): object {
    const found: Record<string, Item[]> = {};
    for (const [table, batch] of Object.entries(tables)) {
      if (!('Keys' in batch)) for (const { PutRequest } of batch) this.#put(PutRequest?.Item);
      else found[table] = (batch.Keys ?? []).map((key) => this.#get(key)).filter((item) => item !== undefined);
    }
    return { Responses: found };
  }

  /** All of the partition, whatever the range. */
  #query({ IndexName, ExpressionAttributeValues, Limit }: QueryOfPartition): readonly Item[] {
    const partition = ExpressionAttributeValues?.[':partition']?.S ?? '';
    const name = `${IndexName} ${partition}`;
    const rows = this.#queried.get(name) ?? this.#rowsOf(IndexName, partition);
    this.#queried.set(name, rows);
    return rows.slice(0, Limit);
  }

  #rowsOf(index: string | undefined, partition: string): readonly Item[] {
    const definition = STATEMENTS.indexes.find(({ name }) => name === index);
    const [hashKey, sortKey] = [definition?.partitionKey ?? 'pk', definition?.sortKey ?? 'sk'];
    const rows = Array.from(this.#items.values()).filter((item) => item[hashKey]?.S === partition);
    return rows.sort((one, other) => ((one[sortKey]?.S ?? '') < (other[sortKey]?.S ?? '') ? 1 : -1));
  }
}

type BatchOfTable = KeysAndAttributes | readonly WriteRequest[];

interface QueryOfPartition {
  readonly IndexName?: string | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
  readonly Limit?: number | undefined;
}

function nameOf(item: Item): string {
  const { pk, sk } = keyOf(item);
  return `${pk} ${sk}`;
}
