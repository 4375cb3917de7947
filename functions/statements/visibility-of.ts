import type { Visibility } from '#access/limits.ts';
import type { Principal } from '#access/principal.ts';
import { readsOnlyOwn } from '#http/auth/scopes.ts';
import { ownAuthority } from '#functions/statements/own-authority.ts';

/**
 * Which statements a principal may see, whatever else is asked for: within its limits, and with
 * `statements/read/mine` alone those with its own authority.
 *
 * @returns undefined for all of the store.
 */
export function visibilityOf(principal: Principal): Visibility | undefined {
  const { limits } = principal;
  return readsOnlyOwn(principal) ? { ...limits, authority: ownAuthority(principal) } : limits;
}
