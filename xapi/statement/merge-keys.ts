import type { Ifi } from '#xapi/agent/ifi.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** By what any statement of a chain of StatementRefs is found; the lists are disjoint as those of `StatementKeys`. */
export interface ChainKeys {
  /** Matched by `agent`: actors, objects and members. */
  readonly agents: readonly Ifi[];
  /** What `related_agents` adds, authorities apart. */
  readonly relatedAgents: readonly Ifi[];
  readonly authorities: readonly Ifi[];
  readonly verbs: readonly string[];
  readonly activities: readonly string[];
  /** What `related_activities` adds. */
  readonly relatedActivities: readonly string[];
  /** Lower-cased. */
  readonly registrations: readonly string[];
}

/**
 * The keys under which a statement is to be found that refers, transitively, to these statements
 * (xAPI 1.0.3, Communication 2.1.3, "Filter Conditions for StatementRefs").
 */
export function mergeKeys(chain: readonly StatementKeys[]): ChainKeys {
  const agents = new Set(chain.flatMap(({ actor, agents }) => (actor === undefined ? agents : [actor, ...agents])));
  const activities = new Set(chain.flatMap(({ activity }) => activity ?? []));
  return {
    agents: [...agents],
    relatedAgents: [...new Set(chain.flatMap((keys) => keys.relatedAgents)).difference(agents)],
    authorities: [...new Set(chain.flatMap((keys) => keys.authorities))],
    verbs: [...new Set(chain.map(({ verb }) => verb))],
    activities: [...activities],
    relatedActivities: [...new Set(chain.flatMap((keys) => keys.relatedActivities)).difference(activities)],
    registrations: [...new Set(chain.flatMap(({ registration }) => registration ?? []))],
  };
}
