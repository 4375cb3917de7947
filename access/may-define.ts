import { isWithinActivity } from '#access/is-within-activity.ts';
import type { Limits } from '#access/limits.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Activity, Agent } from '#xapi/statement/statement.ts';

/*
 * A statement within limits may name any instructor and any category. What it says of them adds to what is known, which
 * all learners share, only as far as that is within the limits, too.
 */

export function mayDefineActivity(limits: Limits | undefined, { id }: Activity): boolean {
  return limits?.activity === undefined || isWithinActivity(limits.activity, id);
}

export function mayNameAgent(limits: Limits | undefined, agent: Agent): boolean {
  return limits?.actor === undefined || ifiOf(agent) === limits.actor;
}
