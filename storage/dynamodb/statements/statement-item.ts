import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import { INDEX_ATTRIBUTES, type Keyspace, RELATED_INDEXES } from '#storage/dynamodb/statements/keyspace.ts';
import type { IndexedRelated } from '#storage/dynamodb/statements/related-activities.ts';

/**
 * The attributes of the item under a statement's own key. Before the statement exists it may be a placeholder, which
 * has no `p`.
 *
 * | attribute | meaning |
 * | --- | --- |
 * | `p` | position in the order of the store |
 * | `b` / `l` / `s3` | body: small enough to be carried by the index rows / only here / in S3 under this key |
 * | `j` | the journal that decides whether the statement exists (arrays of more than one transaction) |
 * | `vo` | it is a voiding statement |
 * | `vb` | id of the statement that voided it |
 * | `va` | the same for one of its own array, which ends with it when the array is given up |
 * | `n` | raised by everyone who waits for this statement; its first write commits only against the value it has seen |
 * | `xa` `xv` `xo` `xt` `xr` `x1` `x2` `x3` | partition keys in the indexes; removed by voiding |
 */
export const BODY_ATTRIBUTES = ['b', 'l', 's3'] as const;

/** An index row stays within one write unit (1,024 bytes) with a body of this size and keys of usual length. */
const INDEXED_BODY_LIMIT = 700;

/** What an item may hold beside its keys (DynamoDB: 400 KB an item). Above, the body goes to S3. */
export const ITEM_BODY_LIMIT = 300 * 1024;

export type BodyPlace = { readonly inline: Uint8Array } | { readonly blob: string };

export interface StatementRecord extends IndexedRelated {
  readonly id: string;
  readonly at: string;
  readonly keys: StatementKeys;
  readonly body: BodyPlace;
  readonly voidedBy?: string | undefined;
  readonly voidedInArrayBy?: string | undefined;
  readonly journal?: string | undefined;
  /** Kept only while a journal may still take the statement back. */
  readonly waiting?: number | undefined;
}

export function statementItem(keyspace: Keyspace, record: StatementRecord): Item {
  return {
    ...keyAttributes(statementKey(keyspace, record.id)),
    p: { S: record.at },
    ...bodyAttributes(record.body),
    ...(record.journal === undefined ? {} : { j: { S: record.journal } }),
    ...(record.waiting === undefined ? {} : { n: { N: String(record.waiting) } }),
    ...(record.keys.voids === undefined ? {} : { vo: { BOOL: true } }),
    ...(record.voidedBy === undefined ? {} : { vb: { S: record.voidedBy } }),
    ...(record.voidedInArrayBy === undefined ? {} : { va: { S: record.voidedInArrayBy } }),
    ...(record.voidedBy === undefined && record.voidedInArrayBy === undefined ? indexAttributes(keyspace, record) : {}),
  };
}

export function statementKey(keyspace: Keyspace, id: string): ItemKey {
  return { pk: keyspace.statement(id), sk: 's' };
}

function bodyAttributes(body: BodyPlace): Item {
  if ('blob' in body) return { s3: { S: body.blob } };
  return body.inline.length <= INDEXED_BODY_LIMIT ? { b: { B: body.inline } } : { l: { B: body.inline } };
}

function indexAttributes(keyspace: Keyspace, { at, keys, indexed }: StatementRecord): Item {
  const item: Item = {};
  const add = (index: keyof typeof INDEX_ATTRIBUTES, value: string | undefined): void => {
    if (value !== undefined) item[INDEX_ATTRIBUTES[index]] = { S: keyspace.indexPartition(index, value, at) };
  };
  add('actor', keys.actor);
  add('verb', keys.verb);
  add('activity', keys.activity);
  add('time', '');
  add('registration', keys.registration);
  for (const [number, index] of RELATED_INDEXES.entries()) add(index, indexed[number]);
  return item;
}

/** A statement item, or an index row, whichever of the attributes it carries. */
export interface StatementRow {
  readonly id: string;
  /** Absent: a placeholder. */
  readonly at: string | undefined;
  readonly body: Uint8Array | undefined;
  readonly blob: string | undefined;
  readonly journal: string | undefined;
  readonly voiding: boolean;
  readonly voidedBy: string | undefined;
  readonly waiting: number | undefined;
}

/** What `readStatementRow` reads: without the keys of the indexes, an item is half as long. */
export const ROW_ATTRIBUTES = ['pk', 'p', ...BODY_ATTRIBUTES, 'j', 'vo', 'vb', 'va', 'n'] as const;

export function readStatementRow(item: Item): StatementRow {
  const key = textOf(item, 'pk');
  return {
    id: key.slice(key.lastIndexOf('|') + 1),
    at: item['p']?.S,
    body: item['b']?.B ?? item['l']?.B,
    blob: item['s3']?.S,
    journal: item['j']?.S,
    voiding: item['vo']?.BOOL === true,
    voidedBy: item['vb']?.S ?? item['va']?.S,
    waiting: item['n']?.N === undefined ? undefined : Number(item['n'].N),
  };
}
