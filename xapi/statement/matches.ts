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
  /** Only statements with this authority: what the scope `statements/read/mine` may see. */
  readonly authority?: Ifi;
}

/**
 * Whether a statement meets all filters. Each of them is met when the statement or, transitively, the target of its
 * StatementRef meets it (xAPI 1.0.3, Communication 2.1.3, "Filter Conditions for StatementRefs"). `authority`, which is a
 * permission and no filter of the specification, must be that of the statement, and hides the targets behind the first
 * one of another authority: what they match would tell what they say.
 *
 * @param chain the statement itself first, then its targets
 */
export function matchesFilters(chain: readonly StatementKeys[], filters: KeyFilters): boolean {
  const { agent, verb, activity, registration, authority } = filters;
  const seen = authority === undefined ? chain : ownLinks(chain, authority);
  const met = (condition: (keys: StatementKeys) => boolean): boolean => seen.some(condition);
  return (
    seen.length > 0 &&
    (agent === undefined || met((keys) => matchesAgent(keys, agent, filters.relatedAgents ?? false))) &&
    (verb === undefined || met((keys) => keys.verb === verb)) &&
    (activity === undefined || met((keys) => matchesActivity(keys, activity, filters.relatedActivities ?? false))) &&
    (registration === undefined || met((keys) => keys.registration === registration))
  );
}

function ownLinks(chain: readonly StatementKeys[], authority: Ifi): readonly StatementKeys[] {
  const foreign = chain.findIndex(({ authorities }) => !authorities.includes(authority));
  return foreign === -1 ? chain : chain.slice(0, foreign);
}

function matchesAgent(keys: StatementKeys, agent: Ifi, related: boolean): boolean {
  if (keys.actor === agent || keys.agents.includes(agent)) return true;
  return related && (keys.relatedAgents.includes(agent) || keys.authorities.includes(agent));
}

function matchesActivity(keys: StatementKeys, activity: string, related: boolean): boolean {
  return keys.activity === activity || (related && keys.relatedActivities.includes(activity));
}
