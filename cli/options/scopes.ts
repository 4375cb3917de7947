import { isScope, type Scope, SCOPES } from '#access/scope.ts';
import { wrongUsage } from '#cli/failure.ts';
import { readList } from '#cli/options/list.ts';

/** @param text separated by commas or spaces. @throws Failure 2 */
export function readScopes(text: string): readonly Scope[] {
  const scopes = readList('--scopes', text);
  const wrong = scopes.filter((scope) => !isScope(scope)).map((scope) => JSON.stringify(scope));
  if (wrong.length > 0) throw wrongUsage(`--scopes has ${wrong.join(', ')}; there are ${SCOPES.join(', ')}.`);
  return scopes.filter(isScope);
}
