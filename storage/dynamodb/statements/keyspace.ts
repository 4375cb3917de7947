import { blockOf } from '#storage/position.ts';
import { hashOf } from '#storage/dynamodb/hash.ts';
import { joinKey } from '#storage/dynamodb/key.ts';
import type { StoreId } from '#access/store.ts';

/**
 * What entries are kept for: the things of which one statement has several, or which it inherits from the statement it
 * refers to. `ref` leads from a statement to those that refer to it.
 */
export type EntryKind = 'agent' | 'related-agent' | 'verb' | 'activity' | 'related-activity' | 'registration' | 'ref';

/** The indexes of the Statements table and the attribute that is the partition key of each. */
export const INDEX_ATTRIBUTES = {
  actor: 'xa',
  verb: 'xv',
  activity: 'xo',
  time: 'xt',
  registration: 'xr',
  'related-activity-1': 'x1',
  'related-activity-2': 'x2',
  'related-activity-3': 'x3',
} as const;

export type IndexName = keyof typeof INDEX_ATTRIBUTES;

/** Each takes one related activity of a statement; which one is in which means nothing. */
export const RELATED_INDEXES = [
  'related-activity-1',
  'related-activity-2',
  'related-activity-3',
] as const satisfies readonly IndexName[];

/** Of these, a statement has one value at the most; statements of an array that share it can travel in one pack. */
export const PACKED_INDEXES = [
  'actor',
  'verb',
  'activity',
  'time',
  'registration',
] as const satisfies readonly IndexName[];

export type PackedIndex = (typeof PACKED_INDEXES)[number];

/** Of so many shards of rows, packs have one: a pack takes a quarter or less of what its rows would take. */
const ROWS_FOR_PACKS = 4;

/** One value of these can be shared by all statements of a moment, so their partitions are split into shards. */
const SHARDED: ReadonlySet<string> = new Set<IndexName | EntryKind>([
  'verb',
  'activity',
  'time',
  'related-activity',
  ...RELATED_INDEXES,
]);

/**
 * The partition keys of the Statements table and its indexes; every one begins with the store.
 *
 *     statement      pk = <store>|s|<id>            sk = s
 *     journal        pk = <store>|j|<position>      sk = j
 *     authority      pk = <store>|authority|<ifi>   sk = a
 *     entry          pk = <store>|<kind>|<value>[|<shard>]   sk = <position>[+]
 *     pack           pk = <store>|pack-<index>[|<value>][|<shard>]   sk = <position>
 *     related pack   pk = <store>|related-activity|<value>|<shard>   sk = <position>
 *     index row      <store>|<value>[|<shard>]
 */
export class Keyspace {
  /** Partitions that the packs of one value are spread over. */
  readonly packShards: number;
  readonly #store: StoreId;
  readonly #shards: number;

  /** @param shards partitions that the rows of one verb, activity or moment are spread over; only ever raised. */
  constructor(store: StoreId, shards: number) {
    this.#store = store;
    this.#shards = shards;
    this.packShards = Math.ceil(shards / ROWS_FOR_PACKS);
  }

  statement(id: string): string {
    return joinKey(this.#store, 's', id);
  }

  journal(id: string): string {
    return joinKey(this.#store, 'j', id);
  }

  authority(ifi: string): string {
    return joinKey(this.#store, 'authority', ifi);
  }

  /** The S3 key of a body that no item can hold. */
  blob(id: string, position: string): string {
    return `statements/${this.#store}/${id}/${position}`;
  }

  /** Where a statement at this position is written. */
  indexPartition(index: IndexName, value: string, position: string): string {
    return this.#onShard(index, this.#indexKey(value), shardOf(position, this.#shards));
  }

  /** Everywhere statements may have been written. */
  indexPartitions(index: IndexName, value: string): readonly string[] {
    return this.#onAllShards(index, this.#indexKey(value));
  }

  /** What all partitions of the value begin with; those of other values may, too. */
  indexPrefix(value: string): string {
    return this.#indexKey(value);
  }

  /** All statements of one array share a partition, so that those of a section can travel in one item. */
  entryPartition(kind: EntryKind, value: string, position: string): string {
    return this.#onShard(kind, joinKey(this.#store, kind, value), shardOf(blockOf(position), this.#shards));
  }

  entryPartitions(kind: EntryKind, value: string): readonly string[] {
    return this.#onAllShards(kind, joinKey(this.#store, kind, value));
  }

  /** Where the pack of a related activity stands, among its entries. @param shard see `packShard` */
  relatedPackPartition(activity: string, shard: number): string {
    return this.#onShard('related-activity', joinKey(this.#store, 'related-activity', activity), shard);
  }

  /**
   * The shard that the packs of a new section are on, where there are any. It has to be remembered: once the number of
   * shards is raised, it is another for the same section.
   *
   * @param section the position of its first statement
   */
  packShard(section: string): number {
    return shardOf(section, this.packShards);
  }

  /** Where the statements of a section that share a value travel in one item. */
  packPartition(index: PackedIndex, value: string, shard: number): string {
    return this.#onShard(index, this.#packKey(index, value), shard);
  }

  /** Everywhere packs may have been written. */
  packPartitions(index: PackedIndex, value: string): readonly string[] {
    return this.#onAllShards(index, this.#packKey(index, value), this.packShards);
  }

  #packKey(index: PackedIndex, value: string): string {
    const kind = `pack-${index}`;
    return value === '' ? joinKey(this.#store, kind) : joinKey(this.#store, kind, value);
  }

  #indexKey(value: string): string {
    return value === '' ? joinKey(this.#store) : joinKey(this.#store, value);
  }

  #onShard(kind: IndexName | EntryKind, key: string, shard: number): string {
    return SHARDED.has(kind) ? `${key}|${shard}` : key;
  }

  #onAllShards(kind: IndexName | EntryKind, key: string, shards = this.#shards): readonly string[] {
    if (!SHARDED.has(kind)) return [key];
    return Array.from({ length: shards }, (_, shard) => `${key}|${shard}`);
  }
}

/** Even for positions that differ in their last character only. */
function shardOf(text: string, shards: number): number {
  return shards === 1 ? 0 : hashOf(text) % shards;
}
