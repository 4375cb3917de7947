import type { Account, Agent } from '#xapi/statement/statement.ts';

/** All that is known of one agent, every member a list (xAPI 1.0.3, Communication 2.4). */
export interface Person {
  readonly objectType: 'Person';
  readonly name?: readonly string[];
  readonly mbox?: readonly string[];
  readonly mbox_sha1sum?: readonly string[];
  readonly openid?: readonly string[];
  readonly account?: readonly Account[];
}

/**
 * @param agent as asked for: what it says is part of the answer even when nothing else is known
 * @param names seen with the identifier of the agent
 */
export function personOf(agent: Agent, names: readonly string[]): Person {
  const allNames = new Set([...names, ...(agent.name === undefined ? [] : [agent.name])]);
  return {
    objectType: 'Person',
    ...(allNames.size > 0 && { name: [...allNames] }),
    ...(agent.mbox !== undefined && { mbox: [agent.mbox] }),
    ...(agent.mbox_sha1sum !== undefined && { mbox_sha1sum: [agent.mbox_sha1sum] }),
    ...(agent.openid !== undefined && { openid: [agent.openid] }),
    ...(agent.account !== undefined && { account: [agent.account] }),
  };
}
