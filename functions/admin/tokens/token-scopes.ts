import type { Limits } from '#access/limits.ts';
import { coversScope, type Scope } from '#access/scope.ts';
import { distinctScopes } from '#functions/admin/api/distinct-scopes.ts';
import { notPermitted } from '#functions/admin/api/refusals.ts';

/** What content needs for one learner. Profiles of agents are a learner's own only where a learner is named. */
const DEFAULT_SCOPES: readonly Scope[] = ['statements/write', 'statements/read/mine', 'state'];

/**
 * @param held scopes of the credential
 * @param wanted those asked for
 * @throws XapiError `not-permitted` when nothing is asked for, and the credential covers nothing of the default
 */
export function tokenScopes(
  held: readonly Scope[],
  wanted: readonly Scope[] | undefined,
  limits: Limits | undefined,
): readonly Scope[] {
  if (wanted !== undefined) return distinctScopes(wanted);
  const usual: readonly Scope[] = limits?.actor === undefined ? DEFAULT_SCOPES : [...DEFAULT_SCOPES, 'profile'];
  const covered = usual.filter((scope) => coversScope(held, scope));
  if (covered.length > 0) return covered;
  throw notPermitted(
    'The credential covers none of the scopes that a token has by default: name those it is to have.',
    `one of the scopes ${usual.join(', ')}`,
  );
}
