import type { ActorKeys } from '#lake/rows/actor-keys.ts';
import { identityOf } from '#xapi/agent/identity.ts';
import type { Actor } from '#xapi/statement/statement.ts';

export interface ActorCells {
  readonly key: string;
  readonly type: 'Agent' | 'Group';
  readonly name: string | null;
  readonly ifiType: 'mbox' | 'mbox_sha1sum' | 'openid' | 'account' | null;
  readonly ifiValue: string | null;
  readonly accountHomePage: string | null;
}

/** What the lake says of an agent or a group, wherever one stands (xAPI 1.0.3, Data 2.4.2). */
export function actorCells(actor: Actor, keys: ActorKeys): ActorCells {
  return {
    key: keys.keyOf(identityOf(actor)),
    type: actor.objectType === 'Group' ? 'Group' : 'Agent',
    name: actor.name ?? null,
    ...identifier(actor),
  };
}

function identifier(actor: Actor): Pick<ActorCells, 'ifiType' | 'ifiValue' | 'accountHomePage'> {
  const { mbox, mbox_sha1sum: sha1sum, openid, account } = actor;
  const accountHomePage = null;
  if (mbox !== undefined) return { ifiType: 'mbox', ifiValue: mbox, accountHomePage };
  if (sha1sum !== undefined) return { ifiType: 'mbox_sha1sum', ifiValue: sha1sum, accountHomePage };
  if (openid !== undefined) return { ifiType: 'openid', ifiValue: openid, accountHomePage };
  if (account === undefined) return { ifiType: null, ifiValue: null, accountHomePage };
  return { ifiType: 'account', ifiValue: account.name, accountHomePage: account.homePage };
}
