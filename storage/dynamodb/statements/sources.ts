import type { KeyFilters } from '#xapi/statement/matches.ts';
import { entrySource } from '#storage/dynamodb/statements/entry-source.ts';
import { indexSource } from '#storage/dynamodb/statements/index-source.ts';
import {
  type EntryKind,
  type IndexName,
  type Keyspace,
  type PackedIndex,
  RELATED_INDEXES,
} from '#storage/dynamodb/statements/keyspace.ts';
import { markFilter } from '#storage/dynamodb/statements/pack-mark.ts';
import { packSource } from '#storage/dynamodb/statements/pack-source.ts';
import type { PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import { rowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import type { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';

/** Kinds of which statements have entries for what they say themselves; of the others, only for what they inherit. */
const OWN_KINDS: ReadonlySet<EntryKind> = new Set(['agent', 'related-agent', 'related-activity', 'ref']);

/** Where statements of a store are found by what they say, or what is said by those that they refer to. */
export class Sources {
  readonly #keyspace: Keyspace;
  readonly #table: StatementsTable;
  readonly #usual: UsualItems;

  constructor(keyspace: Keyspace, table: StatementsTable, usual: UsualItems) {
    this.#keyspace = keyspace;
    this.#table = table;
    this.#usual = usual;
  }

  /** All that has a value, be it inherited. */
  all(index: Exclude<PackedIndex, 'time'>, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const kind = index === 'actor' ? 'agent' : index;
    return [...this.own(index, value, rest), ...this.entries(kind, value)];
  }

  /** All that has a value itself. */
  own(index: PackedIndex, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const partitions = this.#keyspace.packPartitions(index, value);
    const options = { index, shards: partitions.length, usual: this.#usual, mayMeet: markFilter(rest) };
    const packs = partitions.map((partition) => packSource(this.#table, { ...options, partition }));
    return [...this.#index(index, value, rest), ...packs];
  }

  entries(kind: EntryKind, value: string): readonly PointerSource[] {
    const partitions = this.#keyspace.entryPartitions(kind, value);
    const { packShards } = this.#keyspace;
    const usual = this.#usual;
    const hasOldEntries = OWN_KINDS.has(kind);
    return partitions.map((partition, shard) => {
      // Packs are on the first shards alone, which have the more of them.
      const mayHavePacks = kind === 'related-activity' && shard < packShards;
      const shards = mayHavePacks ? packShards : partitions.length;
      return entrySource(this.#table, { partition, shards, usual, hasOldEntries });
    });
  }

  /** Of each statement, either one of the indexes has the activity or an entry. */
  related(activity: string): readonly PointerSource[] {
    const indexes = RELATED_INDEXES.flatMap((name) => this.#index(name, activity));
    return [...indexes, ...this.entries('related-activity', activity)];
  }

  ofVerbs(verbs: readonly string[]): readonly PointerSource[] {
    return [...new Set(verbs)].flatMap((verb) => this.own('verb', verb));
  }

  #index(index: IndexName, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const partitions = this.#keyspace.indexPartitions(index, value);
    const filter = rowFilter(this.#keyspace, index, rest);
    const shards = partitions.length;
    return partitions.map((partition) => indexSource(this.#table, { index, partition, shards, filter }));
  }
}
