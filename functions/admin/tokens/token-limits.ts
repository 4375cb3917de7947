import type { TokenRequestBody } from '#access/admin-api.ts';
import type { Limits } from '#access/limits.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import { checkAgent } from '#functions/admin/credentials/check-agent.ts';

/** @throws XapiError `body-invalid` for an actor without exactly one identifier */
export function tokenLimits(sent: NonNullable<TokenRequestBody['limits']>): Limits {
  const { actor, registration, activity, verbs } = sent;
  if (actor !== undefined) checkAgent(actor, '$.limits.actor');
  const ifi = actor && ifiOf(actor);
  return {
    ...(ifi !== undefined && { actor: ifi }),
    ...(registration !== undefined && { registration: registration.toLowerCase() }),
    ...(activity !== undefined && { activity }),
    ...(verbs !== undefined && { verbs: [...new Set(verbs)] }),
  };
}
