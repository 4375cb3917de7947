import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Actor } from '#xapi/statement/statement.ts';

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'] as const;

/** An Agent has exactly one Inverse Functional Identifier, a Group at most one. */
export const oneIdentifier: Rule<Actor> = (actor, path) => {
  const present = IDENTIFIERS.filter((name) => actor[name] !== undefined);
  const isGroup = actor.objectType === 'Group';
  if (present.length === 1 || (isGroup && present.length === 0)) return undefined;
  return {
    path,
    message: `${isGroup ? 'A Group' : 'An Agent'} is identified by exactly one of ${IDENTIFIERS.join(', ')}.`,
    expected: `exactly one of ${IDENTIFIERS.join(', ')}`,
    received: present.length === 0 ? actor : present,
    subject: 'identifier',
  };
};
