import type { Visibility } from '#access/limits.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import {
  type EntryKind,
  type IndexName,
  type Keyspace,
  RELATED_INDEXES,
} from '#storage/dynamodb/statements/keyspace.ts';
import { rowFilter } from '#storage/dynamodb/statements/row-filter.ts';
import { entrySource, indexSource, type PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';

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
      const sources = [
        ...this.#index(keyspace, 'registration', registration, filters),
        ...this.#entries(keyspace, 'registration', registration),
      ];
      return { sources, rest: without(filters, 'registration') };
    }
    if (agent !== undefined && (await this.#isIndexed(keyspace, agent, filters))) {
      const related = filters.relatedAgents === true ? this.#entries(keyspace, 'related-agent', agent) : [];
      const sources = [
        ...this.#index(keyspace, 'actor', agent, filters),
        ...this.#entries(keyspace, 'agent', agent),
        ...related,
      ];
      return { sources, rest: without(filters, 'agent') };
    }
    if (activity !== undefined) {
      const related = filters.relatedActivities === true ? this.#related(keyspace, activity) : [];
      const rest = without(filters, 'activity');
      const own = [
        ...this.#index(keyspace, 'activity', activity, rest),
        ...this.#entries(keyspace, 'activity', activity),
      ];
      return { sources: [...own, ...related], rest };
    }
    if (verb !== undefined) {
      const sources = [...this.#index(keyspace, 'verb', verb), ...this.#entries(keyspace, 'verb', verb)];
      return { sources, rest: without(filters, 'verb') };
    }
    if (visible.verbs !== undefined) return { sources: this.#ofVerbs(keyspace, visible.verbs), rest: filters };
    return { sources: this.#index(keyspace, 'time', ''), rest: filters };
  }

  /** Of each statement, either one of the indexes has the activity or an entry. */
  #related(keyspace: Keyspace, activity: string): readonly PointerSource[] {
    const indexes = RELATED_INDEXES.flatMap((name) => this.#index(keyspace, name, activity));
    return [...indexes, ...this.#entries(keyspace, 'related-activity', activity)];
  }

  /** A limit holds for what a statement says itself, so that no entries are needed. */
  #limited(
    keyspace: Keyspace,
    { registration, actor }: Visibility,
    filters: KeyFilters,
  ): readonly PointerSource[] | undefined {
    if (registration !== undefined) return this.#index(keyspace, 'registration', registration, filters);
    if (actor !== undefined) return this.#index(keyspace, 'actor', actor, filters);
    return undefined;
  }

  #ofVerbs(keyspace: Keyspace, verbs: readonly string[]): readonly PointerSource[] {
    return [...new Set(verbs)].flatMap((verb) => this.#index(keyspace, 'verb', verb));
  }

  /** The authority of a statement is not indexed: see `KnownAuthorities`. */
  async #isIndexed(keyspace: Keyspace, agent: string, { relatedAgents }: KeyFilters): Promise<boolean> {
    return relatedAgents !== true || !(await this.#authorities.has(keyspace, agent));
  }

  #index(keyspace: Keyspace, index: IndexName, value: string, rest: KeyFilters = {}): readonly PointerSource[] {
    const partitions = keyspace.indexPartitions(index, value);
    const filter = rowFilter(keyspace, index, rest);
    const shards = partitions.length;
    return partitions.map((partition) => indexSource(this.#table, { index, partition, shards, filter }));
  }

  #entries(keyspace: Keyspace, kind: EntryKind, value: string): readonly PointerSource[] {
    const partitions = keyspace.entryPartitions(kind, value);
    return partitions.map((partition) => entrySource(this.#table, partition, partitions.length));
  }
}

function without(filters: KeyFilters, answered: keyof KeyFilters): KeyFilters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== answered));
}
