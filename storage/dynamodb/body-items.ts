import { createHash } from 'node:crypto';
import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { overloaded } from '#storage/aws/overload.ts';
import type { BlobStore } from '#storage/blob-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { type Item, type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import { SingleWrites, type Writes } from '#storage/dynamodb/writes.ts';

/** Bytes up to which a body travels in its item: one request each way, and listings stay affordable. */
const INLINE_LIMIT = 16 * 1024;
const READ_ATTEMPTS = 10;
/** Of an item that is replaced or deleted, an object is all that there is to discard. */
const OLD_OBJECT = { oldWith: 'o' };

export interface BodyItemsContext {
  readonly client: DynamoDb;
  readonly table: string;
  readonly blobs: BlobStore;
  /** A new random id with each call, fit for an object key. */
  readonly newId: () => string;
  /** What writes go through; absent: each is a call. */
  readonly writes?: Writes | undefined;
}

/** A condition on the item as it stands, in DynamoDB's expression syntax. */
export type WriteCondition = Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>;

export type WriteResult = { readonly written: true } | { readonly written: false; readonly current: Item | undefined };

/**
 * Items with a body of any size: small ones in the item (`b`), larger ones in an object whose key the item holds (`o`).
 * `v` is new with each write. An object is written before the item that refers to it and deleted after the item refers
 * to another, each version under its own key: a process that dies in between leaves an unused object, never an item
 * without its body.
 */
export class BodyItems {
  readonly #context: BodyItemsContext;
  readonly #writes: Writes;

  constructor(context: BodyItemsContext) {
    this.#context = context;
    this.#writes = context.writes ?? new SingleWrites(context.client);
  }

  /** Strongly consistent: one request, two when the body is an object. */
  async read(key: ItemKey): Promise<{ readonly item: Item; readonly body: Uint8Array } | undefined> {
    const { client, table } = this.#context;
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt += 1) {
      const { Item: item } = await client
        .call('GetItem', { TableName: table, Key: keyAttributes(key), ConsistentRead: true })
        .catch(throwDomainError);
      if (item === undefined) return undefined;
      const body = await this.bodyOf(item);
      if (body !== undefined) return { item, body };
    }
    throw overloaded(new Error(`the object of an item was gone at each of ${READ_ATTEMPTS} reads`));
  }

  /** @returns undefined when the item has been replaced since it was read, and its object deleted. */
  async bodyOf(item: Item): Promise<Uint8Array | undefined> {
    const object = item['o']?.S;
    return object === undefined ? (item['b']?.B ?? new Uint8Array()) : this.#context.blobs.get(object);
  }

  /**
   * Writes or replaces an item, if the condition holds.
   *
   * @param attributes what the item has besides its key and its body.
   * @param folder of the object, without a slash at its end.
   * @returns when the condition failed, the item as it stood.
   */
  async write(
    key: ItemKey,
    attributes: Item,
    body: Uint8Array,
    folder: string,
    condition: WriteCondition,
  ): Promise<WriteResult> {
    const { table, blobs, newId } = this.#context;
    const version = newId();
    const object = body.byteLength > INLINE_LIMIT ? `${folder}/${hashOf(key)}/${version}` : undefined;
    if (object !== undefined) await blobs.put(object, body);
    const item = {
      ...keyAttributes(key),
      ...attributes,
      v: { S: version },
      ...(object === undefined ? { b: { B: body } } : { o: { S: object } }),
    };
    const put = { TableName: table, Item: item, ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
    try {
      const replaced = await this.#writes.write({ Put: put }, OLD_OBJECT);
      if (replaced?.['v']?.S !== version) await this.discard(replaced);
      return { written: true };
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
      // The SDK repeats a request whose answer was lost: it can be this very write that its condition failed on.
      if (error.Item?.['v']?.S === version) return { written: true };
      if (object !== undefined) await this.#discardObject(object);
      return { written: false, current: error.Item };
    }
  }

  /** @returns false when the condition did not hold. */
  async delete(key: ItemKey, condition: WriteCondition): Promise<boolean> {
    const deletion = { TableName: this.#context.table, Key: keyAttributes(key), ...condition };
    try {
      const deleted = await this.#writes.write({ Delete: deletion }, OLD_OBJECT);
      await this.discard(deleted);
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      return throwDomainError(error);
    }
  }

  /** Deletes the object of an item that is no more, if it had one. */
  async discard(item: Item | undefined): Promise<void> {
    const object = item?.['o']?.S;
    if (object !== undefined) await this.#discardObject(object);
  }

  /** Without fail: the write is done, and what stays behind is an object that nothing refers to. */
  async #discardObject(object: string): Promise<void> {
    await this.#context.blobs.delete(object).catch(() => undefined);
  }
}

function hashOf(key: ItemKey): string {
  return createHash('sha256').update(`${key.pk}\n${key.sk}`).digest('hex');
}
