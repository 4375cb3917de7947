import type { Credential } from '#storage/credential-store.ts';
import { type Ifi, ifiOf } from '#xapi/agent/ifi.ts';

/** What statements that are sent with a credential are known by as its own. @throws Error: every credential has one. */
export function ownAuthority({ key, authority }: Credential): Ifi {
  const ifi = ifiOf(authority);
  if (ifi === undefined) throw new Error(`The authority of the credential ${key} has no identifier.`);
  return ifi;
}
