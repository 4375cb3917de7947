import type { CancellationReason, WriteRequest } from '@aws-sdk/client-dynamodb';
import { asBuffer } from '#storage/as-buffer.ts';
import { DynamoDbError } from '#storage/dynamodb/dynamodb-error.ts';
import type { Item } from '#storage/dynamodb/attributes.ts';

/* JSON as DynamoDB's API of 2012-08-10 speaks it: attributes as everywhere here, but with bytes in base64. */

/** The parts of answers, and of errors, that have items in them. */
export interface WithItems {
  readonly Item?: Item | undefined;
  readonly Items?: readonly Item[] | undefined;
  readonly Attributes?: Item | undefined;
  readonly Responses?: Readonly<Record<string, readonly Item[]>> | undefined;
  readonly UnprocessedItems?: Readonly<Record<string, readonly WriteRequest[]>> | undefined;
  readonly CancellationReasons?: readonly CancellationReason[] | undefined;
}

export function toWire(input: object): string {
  return JSON.stringify(input, (_name, value: unknown) => {
    // The bytes themselves would come here as the list that `Buffer.toJSON` makes of them.
    return hasBytes(value) ? { B: asBuffer(value.B).toString('base64') } : value;
  });
}

/**
 * @param text mostly JSON; that of something between here and DynamoDB may be anything
 * @param requestId DynamoDB's
 */
export function errorFromWire(text: string, status: number, requestId: string | undefined): DynamoDbError {
  const { __type, message, Message = message, ...details } = errorIn(text);
  readBytes(details);
  const name = (__type ?? '').replace(/^.*#/u, '') || 'DynamoDbError';
  return new DynamoDbError(name, { ...details, ...(Message !== undefined && { message: Message }) }, status, requestId);
}

interface WireError extends Pick<WithItems, 'Item' | 'CancellationReasons'> {
  /** A namespace, `#` and the name. */
  readonly __type?: string | null;
  readonly message?: string;
  readonly Message?: string;
}

function errorIn(text: string): WireError {
  try {
    const error: WireError | null = JSON.parse(text);
    return error ?? {};
  } catch {
    return {};
  }
}

/** Makes bytes of their base64, in place: an answer belongs to nobody else, and a page has hundreds of attributes. */
export function readBytes({
  Item,
  Items = [],
  Attributes,
  Responses,
  UnprocessedItems,
  CancellationReasons,
}: WithItems): void {
  if (Item !== undefined) readItem(Item);
  if (Attributes !== undefined) readItem(Attributes);
  for (const item of Items) readItem(item);
  for (const items of Object.values(Responses ?? {})) for (const item of items) readItem(item);
  for (const writes of Object.values(UnprocessedItems ?? {})) {
    for (const { PutRequest } of writes) if (PutRequest?.Item !== undefined) readItem(PutRequest.Item);
  }
  for (const reason of CancellationReasons ?? []) if (reason.Item !== undefined) readItem(reason.Item);
}

function hasBytes(value: unknown): value is { readonly B: Uint8Array } {
  return typeof value === 'object' && value !== null && 'B' in value && value.B instanceof Uint8Array;
}

/** No list or map that is stored has bytes in it. */
function readItem(item: Item): void {
  for (const value of Object.values(item)) {
    const base64: unknown = value.B;
    if (typeof base64 === 'string') value.B = Buffer.from(base64, 'base64');
  }
}
