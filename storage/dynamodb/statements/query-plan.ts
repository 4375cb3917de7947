import type { Visibility } from '#access/limits.ts';
import { isLimited } from '#access/visibility.ts';
import type { KeyFilters } from '#xapi/statement/matches.ts';
import type { KnownAuthorities } from '#storage/dynamodb/statements/authorities.ts';
import type { Keyspace, PackedIndex } from '#storage/dynamodb/statements/keyspace.ts';
import type { PointerSource } from '#storage/dynamodb/statements/pointer-source.ts';
import { Sources } from '#storage/dynamodb/statements/sources.ts';
import type { StatementsTable } from '#storage/dynamodb/statements/statements-table.ts';
import { UsualItems } from '#storage/dynamodb/statements/usual-items.ts';

export interface QueryPlan {
  /** By which the sources lead to statements; of one query, plans by the same index have the same sources. */
  readonly index: PackedIndex;
  /** Together they lead to every statement that meets the filter or may be seen by the limit they are for. */
  readonly sources: readonly PointerSource[];
  /** What is left to be checked on each statement. */
  readonly rest: KeyFilters;
}

/** Chooses the indexes that answer a query. */
export class QueryPlanner {
  readonly #table: StatementsTable;
  readonly #tableForLimited: StatementsTable;
  readonly #authorities: KnownAuthorities;
  readonly #usual = new UsualItems();

  /**
   * @param tableForLimited the same, with every partition asked: it must not take less time where others have stored nothing
   */
  constructor(table: StatementsTable, authorities: KnownAuthorities, tableForLimited = table) {
    this.#table = table;
    this.#tableForLimited = tableForLimited;
    this.#authorities = authorities;
  }

  /**
   * Takes what leads to the fewest statements: one attempt's registration, else one learner, else one activity, else one
   * verb; without any of them all statements by time. The registration or learner to which everything is limited comes
   * before any filter: how long the answer takes must not tell how many statements of others there are.
   */
  async plan(keyspace: Keyspace, filters: KeyFilters, visible: Visibility): Promise<QueryPlan> {
    const { registration, agent, activity, verb } = filters;
    const sources = new Sources(keyspace, isLimited(visible) ? this.#tableForLimited : this.#table, this.#usual);
    const limited = limitedSources(sources, visible, filters);
    if (limited !== undefined) return { ...limited, rest: filters };
    if (registration !== undefined) {
      const rest = without(filters, 'registration');
      return { index: 'registration', sources: sources.all('registration', registration, rest), rest };
    }
    if (agent !== undefined && (await this.#isIndexed(keyspace, agent, filters))) {
      const related = filters.relatedAgents === true ? sources.entries('related-agent', agent) : [];
      const rest = without(filters, 'agent');
      return { index: 'actor', sources: [...sources.all('actor', agent, rest), ...related], rest };
    }
    if (activity !== undefined) {
      const related = filters.relatedActivities === true ? sources.related(activity) : [];
      const rest = without(filters, 'activity');
      return { index: 'activity', sources: [...sources.all('activity', activity, rest), ...related], rest };
    }
    if (verb !== undefined) {
      return { index: 'verb', sources: sources.all('verb', verb), rest: without(filters, 'verb') };
    }
    if (visible.verbs !== undefined) return { index: 'verb', sources: sources.ofVerbs(visible.verbs), rest: filters };
    return { index: 'time', sources: sources.own('time', ''), rest: filters };
  }

  /** The authority of a statement is not indexed: see `KnownAuthorities`. */
  async #isIndexed(keyspace: Keyspace, agent: string, { relatedAgents }: KeyFilters): Promise<boolean> {
    return relatedAgents !== true || !(await this.#authorities.has(keyspace, agent));
  }
}

/** A limit holds for what a statement says itself, so that its index rows and packs are enough, without entries. */
function limitedSources(
  sources: Sources,
  { registration, actor }: Visibility,
  filters: KeyFilters,
): Omit<QueryPlan, 'rest'> | undefined {
  if (registration !== undefined) {
    return { index: 'registration', sources: sources.own('registration', registration, filters) };
  }
  if (actor !== undefined) return { index: 'actor', sources: sources.own('actor', actor, filters) };
  return undefined;
}

function without(filters: KeyFilters, answered: keyof KeyFilters): KeyFilters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== answered));
}
