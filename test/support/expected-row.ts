import { DURATIONS } from '#test/support/varied-statements.ts';
import type { DuckRow } from '#test/support/duck.ts';

/* What the lake has to say of a statement, by a second opinion: made of its JSON, with nothing of the lake's own code. */

type Json = Readonly<Record<string, unknown>>;

/** Stands for the key of an actor in rows that are compared: who it is, in words. */
export type Identity = string;

export interface Expectation {
  /** In the format `exact`. */
  readonly text: string;
  /** Microseconds since 1970. */
  readonly happened: bigint;
  readonly voided: boolean;
}

/** Every column but `position`; keys of actors are identities, times microseconds as text. */
export function expectedRow({ text, happened, voided }: Expectation): DuckRow {
  const statement: Json = JSON.parse(text);
  const actor = part(statement, 'actor');
  const verb = part(statement, 'verb');
  const context = part(statement, 'context');
  const authority = part(statement, 'authority');
  const instructor = optional(context, 'instructor');
  const team = optional(context, 'team');
  return {
    statement_id: statement['id'],
    stored: String(BigInt(Date.parse(String(statement['stored']))) * 1_000n),
    timestamp: String(happened),
    actor_key: identityOf(actor),
    actor_type: actor['objectType'] === 'Group' ? 'Group' : 'Agent',
    actor_name: orNull(actor['name']),
    ...identifierOf(actor),
    actor_member_keys:
      actor['objectType'] === 'Group' && 'member' in actor ? listIn(actor, 'member').map(identityOf) : null,
    verb_id: verb['id'],
    verb_display: englishOf(verb['display']),
    ...objectOf(part(statement, 'object')),
    ...resultOf(part(statement, 'result')),
    registration: 'registration' in context ? String(context['registration']).toLowerCase() : null,
    ...contextLists(part(context, 'contextActivities')),
    instructor_key: instructor === undefined ? null : identityOf(instructor),
    instructor_name: orNull(instructor?.['name']),
    team_key: team === undefined ? null : identityOf(team),
    team_name: orNull(team?.['name']),
    platform: null,
    language: orNull(context['language']),
    revision: null,
    authority_key: identityOf(authority),
    authority_name: orNull(authority['name']),
    version: statement['version'],
    voided,
    attachments: 'attachments' in statement ? listIn(statement, 'attachments').map(attachmentOf) : null,
    raw: text,
  };
}

function identifierOf(actor: Json): DuckRow {
  const account = optional(actor, 'account');
  const type = ['mbox', 'mbox_sha1sum', 'openid', 'account'].find((name) => name in actor);
  return {
    actor_ifi_type: orNull(type),
    actor_ifi_value: type === undefined ? null : (account?.['name'] ?? actor[type]),
    actor_account_home_page: orNull(account?.['homePage']),
  };
}

function identityOf(actor: Json): Identity {
  const account = optional(actor, 'account');
  if (account !== undefined) return `account ${String(account['homePage'])} ${String(account['name'])}`;
  for (const name of ['mbox', 'mbox_sha1sum', 'openid']) if (name in actor) return `${name} ${String(actor[name])}`;
  return `anonymous: ${[...new Set(listIn(actor, 'member').map(identityOf))].toSorted().join(', ')}`;
}

function objectOf(object: Json): DuckRow {
  const type = textOf(object['objectType']) ?? 'Activity';
  const definition = part(object, 'definition');
  const ids: Readonly<Record<string, () => unknown>> = {
    Activity: () => object['id'],
    Agent: () => identityOf(object),
    Group: () => identityOf(object),
    StatementRef: () => String(object['id']).toLowerCase(),
    SubStatement: () => null,
  };
  return {
    object_type: type,
    object_id: ids[type]?.(),
    object_name: englishOf(definition['name']),
    object_activity_type: orNull(definition['type']),
  };
}

function resultOf(result: Json): DuckRow {
  const score = part(result, 'score');
  const duration = textOf(result['duration']);
  return {
    score_scaled: orNull(score['scaled']),
    score_raw: orNull(score['raw']),
    score_min: orNull(score['min']),
    score_max: orNull(score['max']),
    success: orNull(result['success']),
    completion: orNull(result['completion']),
    response: orNull(result['response']),
    duration_seconds: duration === undefined ? null : DURATIONS.get(duration),
  };
}

function contextLists(lists: Json): DuckRow {
  const ids = (name: string): unknown => (name in lists ? listIn(lists, name).map(({ id }) => id) : null);
  return {
    context_parent: ids('parent'),
    context_grouping: ids('grouping'),
    context_category: ids('category'),
    context_other: ids('other'),
  };
}

function attachmentOf(attachment: Json): DuckRow {
  return {
    usage_type: attachment['usageType'],
    content_type: String(attachment['contentType']).replace(/;.*$/su, ''),
    length: String(attachment['length']),
    sha2: attachment['sha2'],
    display: englishOf(attachment['display']),
    file_url: attachment['fileUrl'],
  };
}

/** English where there is any, else the one there is. */
function englishOf(map: unknown): unknown {
  if (typeof map !== 'object' || map === null) return null;
  const texts = new Map<string, unknown>(Object.entries(map));
  return texts.get('en') ?? texts.get('en-US') ?? orNull([...texts.values()][0]);
}

function part(of: Json, name: string): Json {
  return optional(of, name) ?? {};
}

function optional(of: Json, name: string): Json | undefined {
  const member = of[name];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON objects
  return typeof member === 'object' && member !== null ? (member as Json) : undefined;
}

function listIn(of: Json, name: string): readonly Json[] {
  const member = of[name];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists of JSON objects
  return Array.isArray(member) ? (member as readonly Json[]) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function orNull(value: unknown): unknown {
  return value ?? null;
}
