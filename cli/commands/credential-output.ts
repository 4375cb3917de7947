import type { CredentialAnswer, IssuedCredentialAnswer } from '#access/admin-api.ts';
import { type Session, show } from '#cli/commands/session.ts';
import { Failure } from '#cli/failure.ts';
import { fields } from '#cli/output/fields.ts';
import type { Column } from '#cli/output/table.ts';
import { readable, readableAgent, readableDay, readableMembers, readableTime } from '#cli/output/values.ts';

/** Of the credentials of one store, narrow enough for 80 columns. @param now milliseconds since 1970 */
export function credentialColumns(now: number): readonly Column<CredentialAnswer>[] {
  return [
    { head: 'KEY', of: ({ key }) => readable(key) },
    { head: 'LABEL', of: ({ label }) => readable(label), mayBeCut: true },
    { head: 'SCOPES', of: ({ scopes }) => readable(scopes), mayBeCut: true },
    { head: 'STATE', of: (credential) => shortStateOf(credential, now) },
    { head: 'LAST USED', of: ({ lastUsed }) => readable(lastUsed) },
  ];
}

export function showCredential(session: Session, credential: CredentialAnswer): void {
  show(session, credential, () => fields(membersOf(credential, session.shell.now())));
}

/**
 * A credential with its new secret.
 *
 * @throws Failure when the secret is not in the answer: the first one, which had it, was lost on the way
 */
export function showSecret(session: Session, credential: IssuedCredentialAnswer): void {
  const { key, secret } = credential;
  if (secret === undefined) {
    throw new Failure(
      `It was done, but the answer with the secret was lost on the way. Get another one: lrs credential rotate ${key}`,
    );
  }
  const { Key, ...members } = membersOf(credential, session.shell.now());
  show(session, credential, () => fields({ Key, Secret: secret, ...members }));
  if (!session.json) session.shell.tell('Keep the secret now: it will not be shown again.\n');
}

function membersOf(credential: CredentialAnswer, now: number): Readonly<Record<string, string>> {
  return {
    Key: readable(credential.key),
    Label: readable(credential.label),
    Store: readable(credential.store),
    Scopes: readable(credential.scopes),
    State: stateOf(credential, now),
    Authority: readableAgent(credential.authority),
    Expires: readableTime(credential.expires),
    Origins: readable(credential.origins),
    'Request limits': readableMembers(credential.requestLimits),
    'Older secret': olderSecret(credential, now),
    'Tokens from': readableTime(credential.tokensNotBefore),
    'Last used': readable(credential.lastUsed),
    Created: readableTime(credential.created),
    'Created by': readable(credential.createdBy),
  };
}

function stateOf({ disabled, expires }: CredentialAnswer, now: number): string {
  if (disabled) return 'disabled';
  return isPast(expires, now) ? 'expired' : 'in use';
}

function shortStateOf(credential: CredentialAnswer, now: number): string {
  const state = stateOf(credential, now);
  const { expires } = credential;
  return state === 'in use' && expires !== undefined ? `to ${readableDay(expires)}` : state;
}

function olderSecret({ secrets: [, older] }: CredentialAnswer, now: number): string {
  if (older === undefined || isPast(older.expires, now)) return '';
  return `good until ${readableTime(older.expires)}`;
}

function isPast(time: string | undefined, now: number): boolean {
  return time !== undefined && Date.parse(time) <= now;
}
