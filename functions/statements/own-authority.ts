import type { Principal } from '#access/principal.ts';
import { type Ifi, ifiOf } from '#xapi/agent/ifi.ts';

/** What statements that are sent with a principal are known by as its own. @throws Error: every principal has one. */
export function ownAuthority({ key, authority }: Principal): Ifi {
  const ifi = ifiOf(authority);
  if (ifi === undefined) throw new Error(`The authority of the principal ${key} has no identifier.`);
  return ifi;
}
