import { ItemsInMemory } from '#bench/cpu/items-in-memory.ts';
import type { HttpExchange } from '#storage/aws/http-connections.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbService } from '#storage/dynamodb/dynamodb-service.ts';
import { toWire } from '#storage/dynamodb/wire-format.ts';

/** Two clients with one memory, which no request leaves. */
export interface StubbedClients {
  /** Answers before anything is serialised: what is left to be measured is the work above it. */
  readonly direct: DynamoDb;
  /** Serialises, signs and parses as for DynamoDB; what is written here, or after the same was read, it does not know. */
  readonly serialising: DynamoDb;
}

const ACCESS = { region: 'us-east-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' } };

export function stubbedClients(): StubbedClients {
  const memory = new ItemsInMemory();
  /** Request → answer. */
  const answers = new Map<string, string>();
  const exchange: HttpExchange = async ({ headers, body }) => {
    const asked = String(body);
    const isRead = /Query|Get/u.test(headers['x-amz-target'] ?? '');
    const text = isRead ? (answers.get(asked) ?? toWire(memory.answer(JSON.parse(asked)))) : '{}';
    if (isRead) answers.set(asked, text);
    return { status: 200, headers: {}, body: Buffer.from(text) };
  };
  const serialising = new DynamoDbService({ region: ACCESS.region }, { credentials: ACCESS.credentials, exchange });
  return { direct: memory, serialising };
}
