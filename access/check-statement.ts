import { isWithinActivity } from '#access/is-within-activity.ts';
import { beyondLimit, notPermitted } from '#access/limit-refusal.ts';
import type { Limits } from '#access/limits.ts';
import { withMembers } from '#xapi/agent/actors-of.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { isActor, isStatementRef, isSubStatement, type StatementObject } from '#xapi/statement/object-type.ts';
import { type Actor, type Context, type Statement, VOIDING_VERB } from '#xapi/statement/statement.ts';

/**
 * Whether a token may store a statement. What is stored by it is of the learner and of nobody else: it can neither void
 * a statement nor be found by what another statement says.
 *
 * @param statement valid
 * @param path JSON path of the statement
 * @throws XapiError `not-permitted`
 */
export function checkStatement(limits: Limits, statement: Statement, path: string): void {
  const { actor, verb, object, context } = statement;
  checkActor(limits, actor, `${path}.actor`);
  checkVerb(limits, verb.id, `${path}.verb.id`);
  checkObject(limits, object, `${path}.object`);
  if (limits.registration !== undefined) checkRegistration(limits.registration, context, path);
}

/** By its members a group is found as well. */
function checkActor({ actor: learner }: Limits, actor: Actor, path: string): void {
  if (learner === undefined) return;
  for (const [index, one] of withMembers(actor).entries()) {
    const ifi = ifiOf(one);
    if (ifi !== learner) throw beyondLimit('actor', index === 0 ? path : `${path}.member[${index - 1}]`, learner, ifi);
  }
}

function checkVerb({ verbs }: Limits, verb: string, path: string): void {
  if (verb === VOIDING_VERB) {
    throw notPermitted({ message: 'A token with limits voids no statement.', path, received: verb });
  }
  if (verbs?.includes(verb) === false) throw beyondLimit('verbs', path, verbs, verb);
}

function checkObject(limits: Limits, object: StatementObject, path: string): void {
  if (isStatementRef(object)) {
    throw notPermitted({ message: 'The statements of a token with limits refer to no other statement.', path });
  }
  if (isSubStatement(object)) checkSubStatement(limits, object, path);
  else if (isActor(object)) checkActorAsObject(limits, object, path);
  else if (limits.activity !== undefined && !isWithinActivity(limits.activity, object.id)) {
    throw beyondLimit('activity', `${path}.id`, limits.activity, object.id);
  }
}

/** Its verb is no limit's affair: it has not happened. */
function checkSubStatement(
  limits: Limits,
  { actor, object, context }: Pick<Statement, 'actor' | 'object' | 'context'>,
  path: string,
): void {
  checkActor(limits, actor, `${path}.actor`);
  checkObject(limits, object, `${path}.object`);
  if (limits.registration !== undefined && context?.registration !== undefined) {
    checkRegistration(limits.registration, context, path);
  }
}

function checkActorAsObject(limits: Limits, object: Actor, path: string): void {
  if (limits.activity !== undefined) throw beyondLimit('activity', path, limits.activity, object.objectType);
  if (limits.actor === undefined) {
    throw notPermitted({ message: 'A token that is not limited by "actor" says nothing of agents.', path });
  }
  checkActor(limits, object, path);
}

function checkRegistration(registration: string, context: Context | undefined, path: string): void {
  const sent = context?.registration?.toLowerCase();
  if (sent !== registration) throw beyondLimit('registration', `${path}.context.registration`, registration, sent);
}
