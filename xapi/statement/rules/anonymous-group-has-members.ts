import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Actor } from '#xapi/statement/statement.ts';

export const anonymousGroupHasMembers: Rule<Actor> = (actor, path) => {
  if (actor.objectType !== 'Group' || ifiOf(actor) !== undefined) return undefined;
  if (actor.member !== undefined && actor.member.length > 0) return undefined;
  return {
    path: `${path}.member`,
    message: 'A Group without an identifier lists its members.',
    expected: 'an array of at least one Agent',
    received: actor.member,
    subject: 'group',
  };
};
