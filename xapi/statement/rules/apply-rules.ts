import { isActivity, isActor, isSubStatement } from '#xapi/statement/object-type.ts';
import type { Rule, Violation } from '#xapi/statement/rules/rule.ts';
import {
  ACTOR_RULES,
  ATTACHMENT_RULES,
  DEFINITION_RULES,
  EXPERIENCE_RULES,
  SCORE_RULES,
  STATEMENT_RULES,
} from '#xapi/statement/rules/rules.ts';
import { CONTEXT_ACTIVITY_KINDS } from '#xapi/statement/statement.ts';
import type {
  Activity,
  Actor,
  Context,
  ContextActivities,
  Statement,
  SubStatement,
} from '#xapi/statement/statement.ts';

type Result = Violation | undefined;

/** @returns the first violation, from the actor on in the order of the specification's table of properties. */
export function violationInStatement(statement: Statement, path: string): Result {
  return (
    violationInExperience(statement, path) ??
    optional(statement.authority, `${path}.authority`, violationInActor) ??
    apply(STATEMENT_RULES, statement, path)
  );
}

/** Of an actor and, where it is a Group, of its members. */
export function violationInActor(actor: Actor, path: string): Result {
  const own = apply(ACTOR_RULES, actor, path);
  if (own !== undefined || actor.objectType !== 'Group') return own;
  return each(actor.member, `${path}.member`, violationInActor);
}

/** What a statement and a SubStatement have in common. */
function violationInExperience(statement: Statement | SubStatement, path: string): Result {
  const { actor, object, result, context, attachments } = statement;
  return (
    violationInActor(actor, `${path}.actor`) ??
    violationInObject(object, `${path}.object`) ??
    optional(result?.score, `${path}.result.score`, (score, at) => apply(SCORE_RULES, score, at)) ??
    optional(context, `${path}.context`, violationInContext) ??
    each(attachments, `${path}.attachments`, (attachment, at) => apply(ATTACHMENT_RULES, attachment, at)) ??
    apply(EXPERIENCE_RULES, statement, path)
  );
}

function violationInObject(object: Statement['object'], path: string): Result {
  if (isActivity(object)) return violationInActivity(object, path);
  if (isActor(object)) return violationInActor(object, path);
  return isSubStatement(object) ? violationInExperience(object, path) : undefined;
}

function violationInActivity({ definition }: Activity, path: string): Result {
  return optional(definition, `${path}.definition`, (value, at) => apply(DEFINITION_RULES, value, at));
}

function violationInContext(context: Context, path: string): Result {
  return (
    optional(context.instructor, `${path}.instructor`, violationInActor) ??
    optional(context.team, `${path}.team`, violationInActor) ??
    optional(context.contextActivities, `${path}.contextActivities`, violationInContextActivities) ??
    each(context.contextAgents, `${path}.contextAgents`, ({ agent }, at) => violationInActor(agent, `${at}.agent`)) ??
    each(context.contextGroups, `${path}.contextGroups`, ({ group }, at) => violationInActor(group, `${at}.group`))
  );
}

function violationInContextActivities(activities: ContextActivities, path: string): Result {
  for (const kind of CONTEXT_ACTIVITY_KINDS) {
    const value = activities[kind];
    if (value === undefined) continue;
    const at = `${path}.${kind}`;
    const found = 'id' in value ? violationInActivity(value, at) : each(value, at, violationInActivity);
    if (found !== undefined) return found;
  }
  return undefined;
}

function apply<Value>(rules: readonly Rule<Value>[], value: Value, path: string): Result {
  for (const rule of rules) {
    const found = rule(value, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function optional<Value>(value: Value | undefined, path: string, check: Rule<Value>): Result {
  return value === undefined ? undefined : check(value, path);
}

function each<Value>(values: readonly Value[] | undefined, path: string, check: Rule<Value>): Result {
  if (values === undefined) return undefined;
  for (const [index, value] of values.entries()) {
    const found = check(value, `${path}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}
