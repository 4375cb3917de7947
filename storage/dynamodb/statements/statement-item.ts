import type { StatementKeys } from '#xapi/statement/statement-keys.ts';
import { type Item, type ItemKey, keyAttributes, textOf } from '#storage/dynamodb/attributes.ts';
import {
  INDEX_ATTRIBUTES,
  type Keyspace,
  PACKED_INDEXES,
  RELATED_INDEXES,
} from '#storage/dynamodb/statements/keyspace.ts';
import type { BodyText } from '#storage/dynamodb/statements/body-codec.ts';
import { INDEXED_BODY_LIMIT, valueIn } from '#storage/dynamodb/statements/index-row.ts';
import type { Places } from '#storage/dynamodb/statements/places.ts';
import type { SectionPlace } from '#storage/dynamodb/statements/section.ts';
import { blockOf, counterOf, positionIn } from '#storage/position.ts';

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
 * | `k` | which packs have it instead: counter of the first statement of its section, their shard, and the indexes whose
 *   place they take; there may be packs of its related activities besides, which it does not name |
 */
export const BODY_ATTRIBUTES = ['b', 'l', 's3'] as const;

/** What an item may hold beside its keys (DynamoDB: 400 KB an item). Above, the body goes to S3. */
export const ITEM_BODY_LIMIT = 300 * 1024;

export type BodyPlace = { readonly inline: Uint8Array } | { readonly blob: string };

export interface StatementRecord extends Places {
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
    ...(isVoided(record) ? {} : { ...indexAttributes(keyspace, record), ...packAttributes(keyspace, record) }),
  };
}

/** A voided statement is in no index and in no pack. */
export function isVoided({
  voidedBy,
  voidedInArrayBy,
}: Pick<StatementRecord, 'voidedBy' | 'voidedInArrayBy'>): boolean {
  return voidedBy !== undefined || voidedInArrayBy !== undefined;
}

export function statementKey(keyspace: Keyspace, id: string): ItemKey {
  return { pk: keyspace.statement(id), sk: 's' };
}

function bodyAttributes(body: BodyPlace): Item {
  if ('blob' in body) return { s3: { S: body.blob } };
  return body.inline.length <= INDEXED_BODY_LIMIT ? { b: { B: body.inline } } : { l: { B: body.inline } };
}

function indexAttributes(keyspace: Keyspace, { at, keys, indexed, packed }: StatementRecord): Item {
  const item: Item = {};
  const add = (index: keyof typeof INDEX_ATTRIBUTES, value: string | undefined): void => {
    if (value !== undefined) item[INDEX_ATTRIBUTES[index]] = { S: keyspace.indexPartition(index, value, at) };
  };
  for (const index of PACKED_INDEXES) if (!packed.includes(index)) add(index, valueIn(index, keys));
  for (const [number, index] of RELATED_INDEXES.entries()) add(index, indexed[number]);
  return item;
}

function packAttributes(keyspace: Keyspace, { packed, section }: StatementRecord): Item {
  if (packed.length === 0) return {};
  const attributes = packed.map((index) => INDEX_ATTRIBUTES[index]);
  return { k: { S: [counterOf(section), keyspace.packShard(section), ...attributes].join(' ') } };
}

function packsIn(item: Item): PacksOfStatement | undefined {
  const at = item['p']?.S;
  const text = item['k']?.S;
  if (at === undefined || text === undefined) return undefined;
  const [counter, shard, ...attributes] = text.split(' ');
  const packed = PACKED_INDEXES.filter((index) => attributes.includes(INDEX_ATTRIBUTES[index]));
  return { section: positionIn(blockOf(at), Number(counter)), shard: Number(shard), packed };
}

export interface PacksOfStatement extends SectionPlace, Pick<Places, 'packed'> {}

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

/** A whole statement item. */
export interface StatementItem extends StatementRow {
  /** Undefined: it is in no pack. */
  readonly packs: PacksOfStatement | undefined;
}

/** Of a row of a statement that exists, what pages need. */
export interface VisibleRow {
  readonly id: string;
  readonly at: string;
  readonly body?: Uint8Array | undefined;
  readonly blob?: string | undefined;
  /** In place of the body, where a pack brought it. */
  readonly packedBody?: (() => BodyText) | undefined;
  readonly journal: string | undefined;
  readonly voidedBy?: string | undefined;
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

export function readStatementItem(item: Item): StatementItem {
  return {
    ...readStatementRow(item),
    // Whoever voids it wants to know, and nobody else.
    get packs() {
      return packsIn(item);
    },
  };
}
