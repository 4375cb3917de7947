import { type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { ALL_STORES, joinKey } from '#storage/dynamodb/key.ts';
import { readItem, type RegistryPlace } from '#storage/dynamodb/registry/read-item.ts';
import { isConditionFailed, throwDomainError } from '#storage/dynamodb/dynamodb-errors.ts';
import type { LakeSecret } from '#storage/lake-secret.ts';

const KEY: ItemKey = { pk: joinKey(ALL_STORES, 'lake'), sk: 'lake' };
const BYTES = 32;

/** In the Registry: it is worth nothing without the lake, and the lake is worth less without it, so both are backed up alike. */
export class DynamoDbLakeSecret implements LakeSecret {
  readonly #place: RegistryPlace;
  readonly #random: (bytes: number) => Buffer;
  #known: Uint8Array | undefined;

  /** @param random unguessable bytes */
  constructor(place: RegistryPlace, random: (bytes: number) => Buffer) {
    this.#place = place;
    this.#random = random;
  }

  async get(): Promise<Uint8Array> {
    this.#known ??= (await this.#read()) ?? (await this.#make());
    return this.#known;
  }

  async #read(): Promise<Uint8Array | undefined> {
    const item = await readItem(this.#place, KEY);
    return item && secretIn(item);
  }

  /** @returns the one that was first, when several are made at once */
  async #make(): Promise<Uint8Array> {
    const made: Item = { ...keyAttributes(KEY), value: { S: this.#random(BYTES).toString('base64') } };
    try {
      await this.#place.client.call('PutItem', {
        TableName: this.#place.tableName,
        Item: made,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return secretIn(made);
    } catch (error) {
      if (!isConditionFailed(error)) throwDomainError(error);
      return secretIn(error.Item ?? {});
    }
  }
}

function secretIn(item: Item): Uint8Array {
  return Buffer.from(textOf(item, 'value'), 'base64');
}
