import { withMembers } from '#xapi/agent/actors-of.ts';
import { ifiOf } from '#xapi/agent/ifi.ts';
import type { Actor } from '#xapi/statement/statement.ts';

/**
 * Who an actor is, as text: its identifier; of an anonymous group those of its members in ascending order, each once, as
 * a JSON array, which no identifier is.
 */
export function identityOf(actor: Actor): string {
  const members = withMembers(actor)
    .map(ifiOf)
    .filter((ifi) => ifi !== undefined);
  return ifiOf(actor) ?? JSON.stringify([...new Set(members)].toSorted());
}
