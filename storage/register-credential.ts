import { randomBytes } from 'node:crypto';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import type { CredentialStore } from '#storage/credential-store.ts';
import type { GivenCredential } from '#storage/given-credential.ts';
import { DEFAULT_STORE } from '#storage/store-id.ts';

export type Registration = 'added' | 'changed' | 'unchanged';

/** Of a credential that is new. */
export interface CredentialOrigin {
  /** Of the account that statements get as their authority. */
  readonly homePage: string;
  readonly label: string;
}

/**
 * Makes the LRS take this key and secret: a new key for everything, a known one for what it is registered for. With a
 * known key nothing but its secret changes, and with its own secret nothing at all: links that were handed out stay good,
 * and what administrators made of the credential stays so.
 */
export async function registerCredential(
  store: CredentialStore,
  { key, secret }: GivenCredential,
  { homePage, label }: CredentialOrigin,
): Promise<Registration> {
  const known = await store.get(key);
  if (known !== undefined && isSecret(secret, known)) return 'unchanged';
  const salt = randomBytes(16).toString('hex');
  const proof = { salt, secretHash: hashSecret(salt, secret) };
  if (known !== undefined) {
    await store.put({ ...known, ...proof });
    return 'changed';
  }
  await store.put({
    key,
    store: DEFAULT_STORE,
    scopes: ['all'],
    authority: { objectType: 'Agent', account: { homePage, name: key } },
    label,
    linkSecret: randomBytes(32).toString('hex'),
    ...proof,
  });
  return 'added';
}
