import { XapiError } from '#xapi/errors.ts';
import type { Document, DocumentCondition, DocumentKey, DocumentScope } from '#storage/document-store.ts';
import { anyText, anyTextOf, type Item, type ItemKey, numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import type { WriteCondition } from '#storage/dynamodb/body-items.ts';
import { joinKey } from '#storage/dynamodb/key.ts';

/** Stands for no registration, and for resources that know none. */
const NO_REGISTRATION = '-';
/** An item ends at 400 KB; the API's own limits on request lines and headers are far below this. */
const TEXT_LIMIT = 128 * 1024;

/** The documents of one owner are one partition, so that one query lists them and one deletes them. */
export function partitionOf(scope: DocumentScope): string {
  return joinKey(scope.store, scope.resource, ...scope.owner);
}

/** What the sort keys of a scope begin with: with a registration only its own documents, without one all of them. */
export function sortPrefixOf(scope: DocumentScope): string | undefined {
  return scope.registration === undefined ? undefined : joinKey(scope.registration, '');
}

/** A document without a registration and one with it are two documents, whatever their ids. */
export function documentItemKey(key: DocumentKey): ItemKey {
  return { pk: partitionOf(key), sk: joinKey(key.registration ?? NO_REGISTRATION, key.id) };
}

/**
 * What a document's item has besides key and body: `n` the id, `c` the content type, `e` the ETag, `u` when it was
 * updated, in milliseconds since 1970.
 *
 * @throws XapiError `request-too-large` when id and content type would not fit into an item.
 */
export function documentAttributes(key: DocumentKey, document: Document): Item {
  const attributes = {
    n: anyText(key.id),
    c: anyText(document.contentType),
    e: { S: document.etag },
    u: { N: String(document.updated) },
  };
  if (Buffer.byteLength(attributes.n.S) + Buffer.byteLength(attributes.c.S) > TEXT_LIMIT) {
    const message = 'The id and the content type of a document must be shorter than 128 KB together.';
    throw new XapiError({ code: 'request-too-large', message });
  }
  return attributes;
}

export function documentOf(item: Item, content: Uint8Array): Document {
  return {
    contentType: anyTextOf(item, 'c'),
    content,
    etag: textOf(item, 'e'),
    updated: numberOf(item, 'u'),
  };
}

export function writeConditionOf(condition: DocumentCondition): WriteCondition {
  if (condition === undefined) return {};
  if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };
  return { ConditionExpression: 'e = :etag', ExpressionAttributeValues: { ':etag': { S: condition.etag } } };
}
