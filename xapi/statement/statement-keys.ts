import { contextActorsOf, withMembers } from '#xapi/agent/actors-of.ts';
import { ifiOf, type Ifi } from '#xapi/agent/ifi.ts';
import { contextActivitiesOf } from '#xapi/statement/context-activities.ts';
import { isActivity, isActor, isStatementRef, isSubStatement } from '#xapi/statement/object-type.ts';
import type { Activity, Actor, Context, Statement, SubStatement } from '#xapi/statement/statement.ts';
import { voidedBy } from '#xapi/statement/voiding.ts';

/**
 * By what a statement itself, without its targets, is found (filters of xAPI 1.0.3, Communication 2.1.3). No list
 * repeats a value or one that a stronger member holds already: `actor` before `agents` before `relatedAgents`,
 * `activity` before `relatedActivities`.
 */
export interface StatementKeys {
  /** Absent for an anonymous group. */
  readonly actor?: Ifi;
  readonly verb: string;
  /** The object, when it is an activity. */
  readonly activity?: string;
  /** The object of the SubStatement, when that is an activity; among `relatedActivities`, too. */
  readonly subActivity?: string;
  /** Lower-cased. */
  readonly registration?: string;
  /** What `agent` matches besides the actor: the object, and the members of groups that are actor or object. */
  readonly agents: readonly Ifi[];
  /** What `related_agents` adds; the authority stands apart. */
  readonly relatedAgents: readonly Ifi[];
  /** What `related_activities` adds. */
  readonly relatedActivities: readonly string[];
  /** The authority, and its members when it is a group. */
  readonly authorities: readonly Ifi[];
  /** Lower-cased id of the statement that is the object of this one. */
  readonly target?: string;
  /** Lower-cased id of the statement that this one voids. */
  readonly voids?: string;
}

export function statementKeys(statement: Statement): StatementKeys {
  const { object, context } = statement;
  const actor = ifiOf(statement.actor);
  const activity = isActivity(object) ? object.id : undefined;
  const voids = voidedBy(statement);
  const sub = isSubStatement(object) ? object : undefined;
  const subActivity = sub !== undefined && isActivity(sub.object) ? sub.object.id : undefined;
  const agents = unique([...identifiersOf(statement.actor), ...(isActor(object) ? identifiersOf(object) : [])], actor);
  return {
    ...(actor !== undefined && { actor }),
    verb: statement.verb.id,
    ...(activity !== undefined && { activity }),
    ...(subActivity !== undefined && { subActivity }),
    ...(context?.registration !== undefined && { registration: context.registration.toLowerCase() }),
    agents,
    relatedAgents: unique([...contextAgents(context), ...subStatementAgents(sub)], actor, ...agents),
    relatedActivities: unique([...contextActivitiesOf(context), ...subStatementActivities(sub)].map(idOf), activity),
    authorities: statement.authority === undefined ? [] : unique(identifiersOf(statement.authority)),
    ...(isStatementRef(object) && { target: object.id.toLowerCase() }),
    ...(voids !== undefined && { voids }),
  };
}

/** The identifier of an actor and those of its members: a group matches when a member does. */
function identifiersOf(actor: Actor): readonly Ifi[] {
  return withMembers(actor)
    .map(ifiOf)
    .filter((ifi) => ifi !== undefined);
}

function contextAgents(context: Context | undefined): readonly Ifi[] {
  return contextActorsOf(context).flatMap(identifiersOf);
}

function subStatementAgents(sub: SubStatement | undefined): readonly Ifi[] {
  if (sub === undefined) return [];
  const object = isActor(sub.object) ? identifiersOf(sub.object) : [];
  return [...identifiersOf(sub.actor), ...object, ...contextAgents(sub.context)];
}

function subStatementActivities(sub: SubStatement | undefined): readonly Activity[] {
  if (sub === undefined) return [];
  return [...(isActivity(sub.object) ? [sub.object] : []), ...contextActivitiesOf(sub.context)];
}

function idOf(activity: Activity): string {
  return activity.id;
}

function unique(values: readonly string[], ...taken: readonly (string | undefined)[]): readonly string[] {
  // Mostly there is none, or one that repeats the actor: with two sets for each of these, keys took half as long again.
  if (values.length <= 1) return values.filter((value) => !taken.includes(value));
  return [...new Set(values).difference(new Set(taken))];
}
