import { type ActorCells, actorCells } from '#lake/rows/actor-cells.ts';
import type { ActorKeys } from '#lake/rows/actor-keys.ts';
import { attachmentCells } from '#lake/rows/attachment-cells.ts';
import { contextCells } from '#lake/rows/context-cells.ts';
import { displayText } from '#lake/rows/display-text.ts';
import { objectCells } from '#lake/rows/object-cells.ts';
import { resultCells } from '#lake/rows/result-cells.ts';
import type { LakeStatement, RowContext, StatementRow } from '#lake/rows/row.ts';
import { microsecondsOf, timestampMicroseconds } from '#lake/rows/time.ts';
import { storedAt } from '#storage/position.ts';
import type { Actor } from '#xapi/statement/statement.ts';

export function statementRow({ id, position, text, value, voided }: LakeStatement, context: RowContext): StatementRow {
  const { keys, languages } = context;
  const actor = actorCells(value.actor, keys);
  const authority = value.authority === undefined ? undefined : actorCells(value.authority, keys);
  return {
    statement_id: id,
    position,
    stored: microsecondsOf(storedAt(position)),
    timestamp: timestampMicroseconds(value.timestamp),
    actor_key: actor.key,
    actor_type: actor.type,
    actor_name: actor.name,
    actor_ifi_type: actor.ifiType,
    actor_ifi_value: actor.ifiValue,
    actor_account_home_page: actor.accountHomePage,
    actor_member_keys: memberKeys(value.actor, keys),
    verb_id: value.verb.id,
    verb_display: displayText(value.verb.display, languages),
    ...objectCells(value.object, context),
    ...resultCells(value.result),
    ...contextCells(value.context, keys),
    authority_key: authority?.key ?? null,
    authority_name: nameOf(authority),
    version: value.version ?? null,
    voided,
    attachments: attachmentCells(value.attachments, languages),
    raw: text,
  };
}

function memberKeys(actor: Actor, keys: ActorKeys): readonly string[] | null {
  if (actor.objectType !== 'Group' || actor.member === undefined) return null;
  return actor.member.map((member) => actorCells(member, keys).key);
}

function nameOf(authority: ActorCells | undefined): string | null {
  if (authority === undefined) return null;
  return authority.name ?? (authority.ifiType === 'account' ? authority.ifiValue : null);
}
