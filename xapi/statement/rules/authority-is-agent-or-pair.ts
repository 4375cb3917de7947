import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** A Group as authority stands for three-legged OAuth: the application and the user, together without an identifier. */
export const authorityIsAgentOrPair: Rule<Statement> = ({ authority }, path) => {
  if (authority?.objectType !== 'Group') return undefined;
  if (ifiOf(authority) === undefined && authority.member?.length === 2) return undefined;
  return {
    path: `${path}.authority`,
    message: 'The authority is an Agent, or an anonymous Group of exactly two Agents.',
    expected: 'an Agent, or a Group of two members without an identifier',
    received: authority,
    subject: 'authority',
  };
};
