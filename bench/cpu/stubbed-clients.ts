import { Readable } from 'node:stream';
import {
  DynamoDBClient,
  type KeysAndAttributes,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { withoutCommandLog } from '#runtime/clients.ts';
import { type Item, keyOf } from '#storage/dynamodb/attributes.ts';
import { STATEMENTS } from '#storage/dynamodb/tables.ts';

/** Two clients with one memory, which no request leaves. Conditions and updates are not carried out. */
export interface StubbedClients {
  /** Answers before the SDK has done anything: what is left to be measured is the work of this software. */
  readonly direct: DynamoDBClient;
  /** Serialises, signs and parses as the SDK does; what is written here is not remembered. */
  readonly serialising: DynamoDBClient;
}

const decoder = new TextDecoder();
const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };

export function stubbedClients(): StubbedClients {
  const memory = new Memory();
  const direct = new DynamoDBClient(ACCESS);
  direct.middlewareStack.add(
    () =>
      async ({ input }) => ({ output: memory.answer(input), response: undefined }),
    { step: 'initialize', priority: 'high' },
  );
  const answers = new Map<string, string>();
  const serialising = withoutCommandLog(
    new DynamoDBClient({
      ...ACCESS,
      requestHandler: {
        handle: async ({ headers, body }: HttpRequest) => {
          const target = headers['x-amz-target'] ?? '';
          const isRead = /Query|Get/u.test(target);
          const text = isRead ? (answers.get(target) ?? asJson(memory.answer(JSON.parse(decoder.decode(body))))) : '{}';
          if (isRead) answers.set(target, text);
          return { response: new HttpResponse({ statusCode: 200, body: Readable.from([Buffer.from(text)]) }) };
        },
      },
    }),
  );
  return { direct, serialising };
}

/** As DynamoDB writes it: bytes in base64. */
function asJson(output: ServiceOutputTypes): string {
  return JSON.stringify(output, function replace(this: Readonly<Record<string, unknown>>, name, value: unknown) {
    // A buffer has been made an object of before it gets here.
    const bytes = this[name];
    return bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : value;
  });
}

class Memory {
  readonly #items = new Map<string, Item>();
  /** Index and partition → rows, newest first. */
  #queried = new Map<string, readonly Item[]>();

  answer(input: ServiceInputTypes): ServiceOutputTypes {
    const $metadata = {};
    if ('TransactItems' in input) {
      for (const write of input.TransactItems ?? []) if ('Put' in write) this.#put(write.Put?.Item);
      return { $metadata };
    }
    if ('RequestItems' in input) return { $metadata, ...this.#batch(input.RequestItems ?? {}) };
    if ('Item' in input) this.#put(input.Item);
    if ('KeyConditionExpression' in input) return { $metadata, Items: [...this.#query(input)] };
    if ('Key' in input && !('UpdateExpression' in input)) return { $metadata, Item: this.#get(input.Key) };
    return { $metadata };
  }

  #put(item: Item | undefined): void {
    if (item === undefined) return;
    this.#items.set(nameOf(item), item);
    this.#queried.clear();
  }

  #get(key: Item | undefined): Item | undefined {
    return key && this.#items.get(nameOf(key));
  }

  #batch(tables: Readonly<Record<string, BatchOfTable>>): { Responses?: Record<string, Item[]> } {
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
