import { actorsOf } from '#xapi/agent/actors-of.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Actor, Agent, Statement } from '#xapi/statement/statement.ts';

/** What a statement says of agents: each that it gives a name to, once per identifier and name. */
export function agentsOf(statement: Statement): readonly Agent[] {
  const named = actorsOf(statement).filter(isNamedAgent);
  return [...new Map(named.map((agent) => [JSON.stringify([ifiOf(agent), agent.name]), agent])).values()];
}

function isNamedAgent(actor: Actor): actor is Agent {
  return actor.objectType !== 'Group' && actor.name !== undefined;
}
