import type { JsonObject } from '#cli/api/json.ts';
import { textIn } from '#cli/api/json.ts';
import { type Session, show } from '#cli/commands/session.ts';
import { Failure } from '#cli/failure.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableAgent, readableMembers, readableTime } from '#cli/output/values.ts';

/** @param now milliseconds since 1970 */
export function credentialColumns(now: number): readonly Column<JsonObject>[] {
  return [
    { head: 'KEY', of: ({ key }) => readable(key) },
    { head: 'LABEL', of: ({ label }) => readable(label), mayBeCut: true },
    { head: 'STORE', of: ({ store }) => readable(store) },
    { head: 'SCOPES', of: ({ scopes }) => readable(scopes), mayBeCut: true },
    { head: 'STATE', of: (credential) => stateOf(credential, now) },
    { head: 'EXPIRES', of: ({ expires }) => readableTime(expires) },
    { head: 'LAST USED', of: ({ lastUsed }) => readable(lastUsed) },
  ];
}

export function showCredential(session: Session, credential: JsonObject): void {
  show(session, credential, () => fields(membersOf(credential, session.shell.now())));
}

/**
 * A credential with its new secret.
 *
 * @throws Failure when the secret is not in the answer: the first one, which had it, was lost on the way
 */
export function showSecret(session: Session, credential: JsonObject): void {
  const key = readable(credential['key']);
  const secret = textIn(credential, 'secret');
  if (secret === undefined) {
    throw new Failure(
      `It was done, but the answer with the secret was lost on the way. Get another one: lrs credential rotate ${key}`,
    );
  }
  const { Key, ...members } = membersOf(credential, session.shell.now());
  show(session, credential, () => fields({ Key, Secret: secret, ...members }));
  if (!session.json) session.shell.tell('Keep the secret now: it will not be shown again.\n');
}

function membersOf(credential: JsonObject, now: number): Readonly<Record<string, string>> {
  return {
    Key: readable(credential['key']),
    Label: readable(credential['label']),
    Store: readable(credential['store']),
    Scopes: readable(credential['scopes']),
    State: stateOf(credential, now),
    Authority: readableAgent(credential['authority']),
    Expires: readableTime(credential['expires']),
    Origins: readable(credential['origins']),
    'Request limits': readableMembers(credential['requestLimits']),
    'Older secret': olderSecret(credential['secrets'], now),
    'Tokens from': readableTime(credential['tokensNotBefore']),
    'Last used': readable(credential['lastUsed']),
    Created: readableTime(credential['created']),
    'Created by': readable(credential['createdBy']),
  };
}

function stateOf(credential: JsonObject, now: number): string {
  if (credential['disabled'] === true) return 'disabled';
  return isPast(credential['expires'], now) ? 'expired' : 'in use';
}

function olderSecret(secrets: unknown, now: number): string {
  const expires = Array.isArray(secrets) ? textIn(secrets[1], 'expires') : undefined;
  if (expires === undefined) return '';
  return isPast(expires, now) ? '' : `good until ${readableTime(expires)}`;
}

function isPast(time: unknown, now: number): boolean {
  return typeof time === 'string' && Date.parse(time) <= now;
}
