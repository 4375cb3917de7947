import { isWithinActivity } from '#access/is-within-activity.ts';
import { beyondLimit, notWithinLimit } from '#access/limit-refusal.ts';
import type { Limits } from '#access/limits.ts';
import type { Ifi } from '#xapi/agent/ifi.ts';

/*
 * What a token may read and write besides statements. Each throws `not-permitted` for what is beyond a limit, and for
 * what cannot be held to it. `verbs` limits statements alone.
 */

/** What an activity cannot be held to. */
const BESIDE_ACTIVITY = ['actor', 'registration'] as const;

/** What documents belong to, by the parameters of the xAPI. */
export interface RecordOwner {
  readonly activityId?: string;
  readonly agent?: Ifi;
  /** Lower-cased. */
  readonly registration?: string;
}

/** State. All registrations at once are more than one. */
export function checkState(limits: Limits, { activityId, agent, registration }: RecordOwner): void {
  if (limits.actor !== undefined) checkEqual('actor', 'agent', limits.actor, agent);
  if (limits.activity !== undefined) checkWithin(limits.activity, activityId);
  if (limits.registration !== undefined) checkEqual('registration', 'registration', limits.registration, registration);
}

/** Profiles of agents, and what is known of them. They are of one learner, in whatever activity and registration. */
export function checkAgent(limits: Limits, { agent }: RecordOwner): void {
  if (limits.actor !== undefined) checkEqual('actor', 'agent', limits.actor, agent);
  else refuseAll(['registration', 'activity'], limits, 'what is known of an agent');
}

/** What is known of activities, and their profiles for reading. */
export function checkActivity(limits: Limits, { activityId }: RecordOwner): void {
  if (limits.activity !== undefined) checkWithin(limits.activity, activityId);
  else refuseAll(BESIDE_ACTIVITY, limits, 'what is known of an activity');
}

/** Whether `checkActivity` lets it pass. */
export function mayReadActivity(limits: Limits, id: string): boolean {
  if (limits.activity !== undefined) return isWithinActivity(limits.activity, id);
  return BESIDE_ACTIVITY.every((name) => limits[name] === undefined);
}

/** Profiles of activities are of all learners: who writes for one of them does not write there. */
export function checkActivityProfile(limits: Limits, owner: RecordOwner, access: 'read' | 'write'): void {
  checkActivity(limits, owner);
  if (access === 'write') refuseAll(BESIDE_ACTIVITY, limits, 'writing the profile of an activity');
}

function checkEqual(limit: keyof Limits, path: string, expected: string, received: string | undefined): void {
  if (received !== expected) throw beyondLimit(limit, path, expected, received);
}

function checkWithin(activity: string, id: string | undefined): void {
  if (id === undefined || !isWithinActivity(activity, id)) throw beyondLimit('activity', 'activityId', activity, id);
}

function refuseAll(names: readonly (keyof Limits)[], limits: Limits, what: string): void {
  const limit = names.find((name) => limits[name] !== undefined);
  if (limit !== undefined) throw notWithinLimit(limit, what);
}
