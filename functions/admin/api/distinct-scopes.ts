import { type Scope, SCOPES } from '#access/scope.ts';

/** Each once, in the order in which they are listed everywhere. */
export function distinctScopes(scopes: readonly Scope[]): readonly Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}
