import type { Visibility } from '#access/limits.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import {
  type EntryKind,
  type IndexName,
  type Keyspace,
  type PackedIndex,
  RELATED_INDEXES,
} from '#storage/dynamodb/statements/keyspace.ts';
import { markFilter } from '#storage/dynamodb/statements/pack-mark.ts';
import { rowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { entrySource } from '#storage/dynamodb/statements/entry-source.ts';
import { indexSource } from '#storage/dynamodb/statements/index-source.ts';
import { packSource } from '#storage/dynamodb/statements/pack-source.ts';
import type { PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';

/** Kinds of which statements have entries for what they say themselves; of the others, only for what they inherit. */
const OWN_KINDS: ReadonlySet<EntryKind> = new Set(['agent', 'related-agent', 'related-activity', 'ref']);

export interface QueryPlan {
  /** Together they lead to every statement that meets the filter or may be seen by the limit they are for. */
  readonly sources: readonly PointerSource[];
  /** What is left to be checked on each statement. */
  readonly rest: KeyFilters;
}

/** Chooses the indexes that answer a query. */
export class QueryPlanner {
  readonly #table: StatementsTable;
  readonly #authorities: KnownAuthorities;
  readonly #usual = new UsualItems();

  constructor(table: StatementsTable, authorities: KnownAuthorities) {
    this.#table = table;
    this.#authorities = authorities;
  }

  /**
   * Takes what leads to the fewest statements: one attempt's registration, else one learner, else one activity, else one
   * verb; without any of them all statements by time. The registration or learner to which everything is limited comes
   * before any filter: how long the answer takes must not tell how many statements of others there are.
   */
  async plan(keyspace: Keyspace, filters: KeyFilters, visible: Visibility): Promise<QueryPlan> {
    const { registration, agent, activity, verb } = filters;
    const limited = this.#limited(keyspace, visible, filters);
    if (limited !== undefined) return { sources: limited, rest: filters };
    if (registration !== undefined) {
      const rest = without(filters, 'registration');
      return { sources: this.#all(keyspace, 'registration', registration, rest), rest };
    }
    if (agent !== undefined && (await this.#isIndexed(keyspace, agent, filters))) {
      const related = filters.relatedAgents === true ? this.#entries(keyspace, 'related-agent', agent) : [];
      const rest = without(filters, 'agent');
      return { sources: [...this.#all(keyspace, 'actor', agent, rest), ...related], rest };
    }
    if (activity !== undefined) {
      const related = filters.relatedActivities === true ? this.#related(keyspace, activity) : [];
      const rest = without(filters, 'activity');
      return { sources: [...this.#all(keyspace, 'activity', activity, rest), ...related], rest };
    }
    if (verb !== undefined) {
      return { sources: this.#all(keyspace, 'verb', verb), rest: without(filters, 'verb') };
    }
    if (visible.verbs !== undefined) return { sources: this.#ofVerbs(keyspace, visible.verbs), rest: filters };
    return { sources: this.#own(keyspace, 'time', ''), rest: filters };
  }

  /** Of each statement, either one of the indexes has the activity or an entry. */
  #related(keyspace: Keyspace, activity: string): readonly PointerSource[] {
    const indexes = RELATED_INDEXES.flatMap((name) => this.#index(keyspace, name, activity));
    return [...indexes, ...this.#entries(keyspace, 'related-activity', activity)];
  }

  /** A limit holds for what a statement says itself, so that its index rows and packs are enough, without entries. */
  #limited(
    keyspace: Keyspace,
    { registration, actor }: Visibility,
    filters: KeyFilters,
  ): readonly PointerSource[] | undefined {
    if (registration !== undefined) return this.#own(keyspace, 'registration', registration, filters);
    if (actor !== undefined) return this.#own(keyspace, 'actor', actor, filters);
    return undefined;
  }

  #ofVerbs(keyspace: Keyspace, verbs: readonly string[]): readonly PointerSource[] {
    return [...new Set(verbs)].flatMap((verb) => this.#own(keyspace, 'verb', verb));
  }

  /** The authority of a statement is not indexed: see `KnownAuthorities`. */
  async #isIndexed(keyspace: Keyspace, agent: string, { relatedAgents }: KeyFilters): Promise<boolean> {
    return relatedAgents !== true || !(await this.#authorities.has(keyspace, agent));
  }

  /** All that has a value, be it inherited. */
  #all(
    keyspace: Keyspace,
    index: Exclude<PackedIndex, 'time'>,
    value: string,
    rest: KeyFilters = {},
  ): readonly PointerSource[] {
    const kind = index === 'actor' ? 'agent' : index;
    return [...this.#own(keyspace, index, value, rest), ...this.#entries(keyspace, kind, value)];
  }

  /** All that has a value itself. */
  #own(keyspace: Keyspace, index: PackedIndex, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const partitions = keyspace.packPartitions(index, value);
    const options = { index, shards: partitions.length, usual: this.#usual, mayMeet: markFilter(rest) };
    const packs = partitions.map((partition) => packSource(this.#table, { ...options, partition }));
    return [...this.#index(keyspace, index, value, rest), ...packs];
  }

  #index(keyspace: Keyspace, index: IndexName, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const partitions = keyspace.indexPartitions(index, value);
    const filter = rowFilter(keyspace, index, rest);
    const shards = partitions.length;
    return partitions.map((partition) => indexSource(this.#table, { index, partition, shards, filter }));
  }

  #entries(keyspace: Keyspace, kind: EntryKind, value: string): readonly PointerSource[] {
    const partitions = keyspace.entryPartitions(kind, value);
    const usual = this.#usual;
    const hasOldEntries = OWN_KINDS.has(kind);
    return partitions.map((partition, shard) => {
      // Packs are on the first shards alone, which have the more of them.
      const mayHavePacks = kind === 'related-activity' && shard < keyspace.packShards;
      const shards = mayHavePacks ? keyspace.packShards : partitions.length;
      return entrySource(this.#table, { partition, shards, usual, hasOldEntries });
    });
  }
}

function without(filters: KeyFilters, answered: keyof KeyFilters): KeyFilters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== answered));
}
