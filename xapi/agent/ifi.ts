import { comparableMbox } from '#xapi/data-types/mbox.ts';
import type { Actor } from '#xapi/statement/statement.ts';

/**
 * An Inverse Functional Identifier (xAPI 1.0.3, Data 2.4.2.3) as text: equal identifiers give equal texts and
 * different ones different texts. `mbox|mailto:…` with the domain in lower case, `mbox_sha1sum|…`, `openid|…`,
 * `account|<homePage>|<name>`, where `%` and `|` inside the home page are percent-encoded.
 */
export type Ifi = string;

/** @returns undefined for an anonymous group. */
export function ifiOf(actor: Actor): Ifi | undefined {
  if (actor.mbox !== undefined) return `mbox|${comparableMbox(actor.mbox)}`;
  if (actor.mbox_sha1sum !== undefined) return `mbox_sha1sum|${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid|${actor.openid}`;
  if (actor.account === undefined) return undefined;
  const homePage = actor.account.homePage.replaceAll('%', '%25').replaceAll('|', '%7C');
  return `account|${homePage}|${actor.account.name}`;
}
