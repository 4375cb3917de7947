import { DEFAULT_STORE } from '#access/store.ts';
import { traffic } from '#bench/scale/traffic.ts';
import { keyOf } from '#storage/dynamodb/attributes.ts';
import { entriesOf } from '#storage/dynamodb/statements/index-entries.ts';
import { INDEX_ATTRIBUTES, Keyspace } from '#storage/dynamodb/statements/keyspace.ts';
import { withIndexedRelated } from '#storage/dynamodb/statements/related-activities.ts';
import { statementItem } from '#storage/dynamodb/statements/statement-item.ts';
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

const NO_BODY = { inline: new Uint8Array() };

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
    }));
    const statements = withIndexedRelated(written);
    for (const statement of statements) {
      const item = statementItem(keyspace, { ...statement, body: NO_BODY });
      // A typical statement fits one unit in every index.
      for (const [name, attribute] of Object.entries(INDEX_ATTRIBUTES)) {
        heat.add(`index ${name}`, item[attribute]?.S, 1);
      }
    }
    for (const entry of entriesOf(keyspace, statements)) {
      const { pk } = keyOf(entry);
      const bytes = pk.length + (entry['m']?.B?.length ?? 0);
      heat.add(`entries ${pk.split('|')[1]}`, pk, Math.ceil(bytes / UNIT));
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
