import type { Ifi } from '#xapi/agent/ifi.ts';
import type { StatementKeys } from '#xapi/statement/statement-keys.ts';

/** The filters of GET statements that look at what a statement says, not at its time (1.0.3, Communication 2.1.3). */
export interface KeyFilters {
  readonly agent?: Ifi;
  readonly verb?: string;
  readonly activity?: string;
  /** Lower-cased. */
  readonly registration?: string;
  readonly relatedAgents?: boolean;
  readonly relatedActivities?: boolean;
}

/**
 * Whether a statement meets all filters. Each of them is met when the statement or, transitively, the target of its
 * StatementRef meets it (xAPI 1.0.3, Communication 2.1.3, "Filter Conditions for StatementRefs").
 *
 * @param chain the statement itself first, then its targets, as far as they may be seen: what they match tells what they
 *   say
 */
export function matchesFilters(chain: readonly StatementKeys[], filters: KeyFilters): boolean {
  const { agent, verb, activity, registration } = filters;
  const met = (condition: (keys: StatementKeys) => boolean): boolean => chain.some(condition);
  return (
    (agent === undefined || met((keys) => matchesAgent(keys, agent, filters.relatedAgents ?? false))) &&
    (verb === undefined || met((keys) => keys.verb === verb)) &&
    (activity === undefined || met((keys) => matchesActivity(keys, activity, filters.relatedActivities ?? false))) &&
    (registration === undefined || met((keys) => keys.registration === registration))
  );
}

function matchesAgent(keys: StatementKeys, agent: Ifi, related: boolean): boolean {
  if (keys.actor === agent || keys.agents.includes(agent)) return true;
  return related && (keys.relatedAgents.includes(agent) || keys.authorities.includes(agent));
}

function matchesActivity(keys: StatementKeys, activity: string, related: boolean): boolean {
  return keys.activity === activity || (related && keys.relatedActivities.includes(activity));
}
