import { mayReadActivity } from '#access/check-records.ts';
import type { Principal } from '#access/principal.ts';
import { hasAny, PERMITTING } from '#http/auth/scopes.ts';
import type { AuthorizedRequest } from '#http/request.ts';
import type { StatementReader } from '#http/statements/format-statements.ts';

export function readerOf({ principal, headers }: AuthorizedRequest): StatementReader {
  return {
    store: principal.store,
    languages: headers['accept-language'],
    mayKnow: (activityId) => mayKnow(principal, activityId),
  };
}

function mayKnow(principal: Principal, activityId: string): boolean {
  if (!hasAny(principal, PERMITTING.activities.read)) return false;
  return principal.limits === undefined || mayReadActivity(principal.limits, activityId);
}
