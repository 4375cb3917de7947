import { contextActivityLists } from '#xapi/statement/context-activities.ts';
import { isActivity, isActor, isSubStatement } from '#xapi/statement/object-type.ts';
import {
  CONTEXT_ACTIVITY_KINDS,
  type Activity,
  type Actor,
  type Agent,
  type Context,
  type ContextActivities,
  type Group,
  type Statement,
  type StatementRef,
  type SubStatement,
  type Verb,
} from '#xapi/statement/statement.ts';

/** What a format of GET statements does to the objects inside a statement (xAPI 1.0.3, Communication 2.1.3). */
export interface Rewriting {
  readonly agent: (agent: Agent) => Agent;
  readonly group: (group: Group) => Group;
  readonly verb: (verb: Verb) => Verb;
  readonly activity: (activity: Activity) => Activity;
}

/** Applies a rewriting to every actor, verb and activity of a statement, those of its SubStatement included. */
export function rewriteStatement(statement: Statement, rewriting: Rewriting): Statement {
  const { object } = statement;
  return {
    ...statement,
    ...rewriteShared(statement, rewriting),
    object: isSubStatement(object) ? rewriteSubStatement(object, rewriting) : rewriteObject(object, rewriting),
    ...(statement.authority !== undefined && { authority: rewriteActor(statement.authority, rewriting) }),
  };
}

function rewriteSubStatement(sub: SubStatement, rewriting: Rewriting): SubStatement {
  return { ...sub, ...rewriteShared(sub, rewriting), object: rewriteObject(sub.object, rewriting) };
}

function rewriteShared(
  statement: Statement | SubStatement,
  rewriting: Rewriting,
): Pick<Statement, 'actor' | 'verb' | 'context'> {
  return {
    actor: rewriteActor(statement.actor, rewriting),
    verb: rewriting.verb(statement.verb),
    ...(statement.context !== undefined && { context: rewriteContext(statement.context, rewriting) }),
  };
}

type SimpleObject = Activity | Actor | StatementRef;

function rewriteObject(object: SimpleObject, rewriting: Rewriting): SimpleObject {
  if (isActivity(object)) return rewriting.activity(object);
  return isActor(object) ? rewriteActor(object, rewriting) : object;
}

function rewriteActor(actor: Actor, rewriting: Rewriting): Actor {
  return actor.objectType === 'Group' ? rewriting.group(actor) : rewriting.agent(actor);
}

function rewriteContext(context: Context, rewriting: Rewriting): Context {
  const { instructor, team, contextActivities, contextAgents, contextGroups } = context;
  return {
    ...context,
    ...(instructor !== undefined && { instructor: rewriteActor(instructor, rewriting) }),
    ...(team !== undefined && { team: rewriting.group(team) }),
    ...(contextActivities !== undefined && { contextActivities: rewriteActivities(contextActivities, rewriting) }),
    ...(contextAgents !== undefined && {
      contextAgents: contextAgents.map((entry) => ({ ...entry, agent: rewriting.agent(entry.agent) })),
    }),
    ...(contextGroups !== undefined && {
      contextGroups: contextGroups.map((entry) => ({ ...entry, group: rewriting.group(entry.group) })),
    }),
  };
}

function rewriteActivities(activities: ContextActivities, rewriting: Rewriting): ContextActivities {
  const lists = contextActivityLists(activities);
  return Object.fromEntries(
    CONTEXT_ACTIVITY_KINDS.flatMap((kind) => {
      const list = lists[kind];
      return list === undefined ? [] : [[kind, list.map(rewriting.activity)]];
    }),
  );
}
