import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { forEachBounded } from '#storage/bounded.ts';
import type {
  Document,
  DocumentCondition,
  DocumentKey,
  DocumentList,
  DocumentScope,
  DocumentStore,
} from '#storage/document-store.ts';
import { anyTextOf, type Item, keyOf, numberOf } from '#storage/dynamodb/attributes.ts';
import { deleteItems } from '#storage/dynamodb/batch.ts';
import { BodyItems, type BodyItemsContext } from '#storage/dynamodb/body-items.ts';
import {
  documentAttributes,
  documentItemKey,
  documentOf,
  partitionOf,
  sortPrefixOf,
  writeConditionOf,
} from '#storage/dynamodb/document-item.ts';
import { throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';

const OBJECTS_IN_FLIGHT = 8;

/** State, agent profile and activity profile: one mechanism, in which DynamoDB's conditions decide every race. */
export class DynamoDbDocumentStore implements DocumentStore {
  readonly #context: BodyItemsContext;
  readonly #items: BodyItems;

  constructor(context: BodyItemsContext) {
    this.#context = context;
    this.#items = new BodyItems(context);
  }

  async get(key: DocumentKey): Promise<Document | undefined> {
    const found = await this.#items.read(documentItemKey(key));
    return found && documentOf(found.item, found.body);
  }

  async put(key: DocumentKey, document: Document, condition: DocumentCondition): Promise<boolean> {
    const result = await this.#items.write(
      documentItemKey(key),
      documentAttributes(key, document),
      document.content,
      `${key.resource}/${key.store}`,
      writeConditionOf(condition),
    );
    return result.written;
  }

  delete(key: DocumentKey, condition: DocumentCondition): Promise<boolean> {
    return this.#items.delete(documentItemKey(key), writeConditionOf(condition));
  }

  async list(scope: DocumentScope, since?: number): Promise<DocumentList> {
    // A set: the same state id can be there with several registrations.
    const ids = new Set<string>();
    let updated: number | undefined;
    const query = { ...scopeQuery(scope, since), ProjectionExpression: 'pk, sk, n, u' };
    for await (const items of this.#pages(query)) {
      for (const item of items) {
        ids.add(anyTextOf(item, 'n'));
        updated = Math.max(updated ?? 0, numberOf(item, 'u'));
      }
    }
    return { ids: [...ids].sort(), updated };
  }

  /** A document that is replaced at the same moment is deleted, too; an object of that newer version may stay behind. */
  async deleteAll(scope: DocumentScope): Promise<void> {
    const { client, table } = this.#context;
    for await (const items of this.#pages({ ...scopeQuery(scope), ProjectionExpression: 'pk, sk, o' })) {
      await deleteItems(client, table, items.map(keyOf));
      await forEachBounded(items, OBJECTS_IN_FLIGHT, (item) => this.#items.discard(item));
    }
  }

  async *#pages(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<readonly Item[]> {
    const { client, table } = this.#context;
    let startKey: Item | undefined;
    do {
      const page = { ...query, TableName: table, ConsistentRead: true, ExclusiveStartKey: startKey };
      const { Items = [], LastEvaluatedKey } = await client.call('Query', page).catch(throwDomainError);
      yield Items;
      startKey = LastEvaluatedKey;
    } while (startKey !== undefined);
  }
}

function scopeQuery(scope: DocumentScope, since?: number): Omit<QueryCommandInput, 'TableName'> {
  const prefix = sortPrefixOf(scope);
  return {
    KeyConditionExpression: prefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
    FilterExpression: since === undefined ? undefined : 'u > :since',
    ExpressionAttributeValues: {
      ':pk': { S: partitionOf(scope) },
      ...(prefix !== undefined && { ':prefix': { S: prefix } }),
      ...(since !== undefined && { ':since': { N: String(since) } }),
    },
  };
}
