import { isActor, isSubStatement } from '#xapi/statement/object-type.ts';
import type { Actor, Agent, Context, Group, Statement, SubStatement } from '#xapi/statement/statement.ts';

/** An agent or a group, and its members when it is a group. */
export function withMembers(actor: Actor): readonly Actor[] {
  return [actor, ...(actor.objectType === 'Group' ? (actor.member ?? []) : [])];
}

/** The agents and groups of a context, without their members (xAPI 1.0.3, Data 2.4.6; xAPI 2.0, 4.2.2.5). */
export function contextActorsOf(context: Context | undefined): readonly Actor[] {
  const { instructor, team, contextAgents = [], contextGroups = [] } = context ?? {};
  const contextActors: readonly (Agent | Group)[] = [
    ...contextAgents.map(({ agent }) => agent),
    ...contextGroups.map(({ group }) => group),
  ];
  return [instructor, team, ...contextActors].filter((actor) => actor !== undefined);
}

/** All agents and groups a statement names, members and those of its SubStatement included; they may repeat. */
export function actorsOf(statement: Statement): readonly Actor[] {
  const { object, authority } = statement;
  const actors = [
    ...actorsIn(statement),
    ...(isSubStatement(object) ? actorsIn(object) : []),
    ...(authority === undefined ? [] : [authority]),
  ];
  return actors.flatMap(withMembers);
}

function actorsIn({ actor, object, context }: Statement | SubStatement): readonly Actor[] {
  return [actor, ...(isActor(object) ? [object] : []), ...contextActorsOf(context)];
}
