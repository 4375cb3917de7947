import type { Credential } from '#access/credential.ts';
import type { Principal } from '#access/principal.ts';
import { XapiError } from '#xapi/errors.ts';

/** Whether the request comes from the credential, or from one of its tokens. */
export function isOwn({ kind, key }: Principal, credential: Pick<Credential, 'key'>): boolean {
  return kind !== 'issuer' && key === credential.key;
}

/**
 * Of the last administrator nobody could make good what it did to itself, so none may.
 *
 * @param before a credential
 * @param changed what it is to become
 * @throws XapiError `credential-in-use`
 */
export function checkNotLockedOut(principal: Principal, before: Credential, changed: Credential): void {
  if (!isOwn(principal, changed)) return;
  if (changed.disabled) throw inUse('A credential cannot disable itself: use another to do it.');
  if (!changed.scopes.includes('admin')) {
    throw inUse('A credential cannot take the scope admin from itself: use another to do it.');
  }
  if ((changed.expires ?? Infinity) < (before.expires ?? Infinity)) {
    throw inUse('A credential cannot make itself end sooner: use another to do it.');
  }
}

export function inUse(message: string): XapiError {
  return new XapiError({ code: 'credential-in-use', message });
}
