import { DEFAULT_STORE } from '#access/store.ts';
import { traffic } from '#bench/scale/traffic.ts';
import { keyOf } from '#storage/dynamodb/attributes.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { INDEX_ATTRIBUTES, Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { valueIn } from '#storage/dynamodb/statements/index-row.ts';
import { statementItem } from '#storage/dynamodb/statements/statement-item.ts';
import { withPlaces } from '#storage/dynamodb/statements/places.ts';
import { PositionSource } from '#storage/position.ts';

/** What one partition of DynamoDB takes (developer guide, "Designing partition keys to distribute your workload"). */
export const PARTITION_LIMIT = 1_000;

/** Bytes of a write unit. */
const UNIT = 1_024;

export interface Traffic {
  /** Statements a second. */
  readonly rate: number;
  /** Statements in one request. */
  readonly array: number;
  readonly shards: number;
  readonly seconds: number;
}

/** Index or kind of entry → write units a second of its hottest partition. */
export type Heat = ReadonlyMap<string, number>;

const NO_BODY = new Uint8Array();

/** Of a pack of typical statements: key and attributes, and for each statement pointer, marks and body, at the most. */
const PACK_BYTES = 250;
const PACKED_BYTES = 115;
/** DynamoDB counts what a transaction writes to the table twice. */
const TRANSACTIONAL = 2;

/** Writes the keys of that much traffic, as the store would, and counts what meets in one partition. */
export function heatOf({ rate, array, shards, seconds }: Traffic): Heat {
  const keyspace = new Keyspace(DEFAULT_STORE, shards);
  const heat = new PartitionHeat();
  const statementKeys = traffic();
  const arrays = Math.round((rate * seconds) / array);
  let now = 0;
  const positions = new PositionSource(() => now, 0);
  for (let index = 0; index < arrays; index += 1) {
    now = Math.floor((index * array * 1_000) / rate);
    const written = positions.take(array).positions.map((at, number) => ({
      id: `00000000-0000-4000-8000-${String(index * array + number).padStart(12, '0')}`,
      at,
      keys: statementKeys.next().value,
      length: 0,
      body: NO_BODY,
    }));
    const statements = withPlaces(written);
    const packed = new Map<string, { readonly kind: string; statements: number }>();
    for (const statement of statements) {
      const { keys, section } = statement;
      for (const index of statement.packed) {
        const partition = keyspace.packPartition(index, valueIn(index, keys) ?? '', keyspace.packShard(section));
        const pack = packed.get(partition) ?? { kind: `packs ${index}`, statements: 0 };
        pack.statements += 1;
        packed.set(partition, pack);
      }
      for (const activity of statement.packedRelated) {
        const partition = keyspace.relatedPackPartition(activity, keyspace.packShard(section));
        // Where entries are, too.
        const pack = packed.get(partition) ?? { kind: 'entries related-activity', statements: 0 };
        pack.statements += 1;
        packed.set(partition, pack);
      }
      const item = statementItem(keyspace, { ...statement, body: { inline: NO_BODY } });
      // A typical statement fits one unit in every index.
      for (const [name, attribute] of Object.entries(INDEX_ATTRIBUTES)) {
        heat.add(`index ${name}`, item[attribute]?.S, 1);
      }
    }
    for (const [partition, { kind, statements: count }] of packed) {
      heat.add(kind, partition, TRANSACTIONAL * Math.ceil((PACK_BYTES + count * PACKED_BYTES) / UNIT));
    }
    for (const entry of entriesOf(keyspace, statements)) {
      const { pk } = keyOf(entry);
      const bytes = pk.length + (entry['m']?.B?.length ?? 0);
      // Where there are packs, entries are written with them.
      const factor = packed.size > 0 ? TRANSACTIONAL : 1;
      heat.add(`entries ${pk.split('|')[1]}`, pk, factor * Math.ceil(bytes / UNIT));
    }
  }
  return heat.hottest(seconds);
}

class PartitionHeat {
  readonly #units = new Map<string, Map<string, number>>();

  add(kind: string, partition: string | undefined, units: number): void {
    if (partition === undefined) return;
    const partitions = this.#units.get(kind) ?? new Map<string, number>();
    this.#units.set(kind, partitions);
    partitions.set(partition, (partitions.get(partition) ?? 0) + units);
  }

  hottest(seconds: number): Heat {
    return new Map(
      [...this.#units].map(([kind, partitions]) => [kind, Math.max(...partitions.values()) / seconds] as const),
    );
  }
}
