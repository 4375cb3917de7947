import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { asBuffer } from '#storage/as-buffer.ts';

export type Item = Record<string, AttributeValue>;

/** The key of an item in any of the tables. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

const NONE = Buffer.alloc(0);

export function keyAttributes(key: ItemKey): Item {
  return { pk: { S: key.pk }, sk: { S: key.sk } };
}

export function keyOf(item: Item): ItemKey {
  return { pk: textOf(item, 'pk'), sk: textOf(item, 'sk') };
}

/** @throws Error when the item lacks the attribute: a defect, as only this software writes items. */
export function textOf(item: Item, name: string): string {
  return item[name]?.S ?? missing(item, name);
}

/** @throws Error when the item lacks the attribute: a defect, as only this software writes items. */
export function numberOf(item: Item, name: string): number {
  return Number(item[name]?.N ?? missing(item, name));
}

/** The bytes of an attribute, not copied; none when the item lacks it. */
export function bytesOf(item: Item, name: string): Buffer {
  const bytes = item[name]?.B;
  return bytes === undefined ? NONE : asBuffer(bytes);
}

/** The message goes to the log: it must not have the key of the item, which may name a learner. */
function missing(item: Item, name: string): never {
  throw new Error(`An item with the attributes ${Object.keys(item).join(', ')} has no ${name}`);
}

/**
 * Text of any kind as an attribute: as JSON, because DynamoDB strings are UTF-8, which cannot hold lone surrogates.
 */
export function anyText(text: string): AttributeValue.SMember {
  return { S: JSON.stringify(text) };
}

export function anyTextOf(item: Item, name: string): string {
  const text: unknown = JSON.parse(textOf(item, name));
  return typeof text === 'string' ? text : missing(item, name);
}
