import { randomBytes } from 'node:crypto';
import type { Credential, SecretProof } from '#access/credential.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import type { CredentialRegistry } from '#storage/credential-store.ts';
import type { GivenCredential } from '#storage/given-credential.ts';

export type Registration = 'added' | 'changed' | 'unchanged';

/** Of a credential that is new. */
export interface CredentialOrigin {
  /** Of the account that statements get as their authority. */
  readonly homePage: string;
  readonly label: string;
}

/**
 * Makes the LRS take this key and secret: a new key for everything, the management of the deployment included, a known one
 * for what it is registered for. With a known key nothing but its secret changes, and with its own secret nothing at all:
 * links that were handed out stay good, and what administrators made of the credential stays so.
 *
 * @param now milliseconds since 1970
 */
export async function registerCredential(
  registry: CredentialRegistry,
  { key, secret }: GivenCredential,
  { homePage, label }: CredentialOrigin,
  now: number,
): Promise<Registration> {
  const known = await registry.get(key);
  if (known?.secrets.some((proof) => isSecret(secret, proof)) === true) return 'unchanged';
  const salt = randomBytes(16).toString('hex');
  const proof: SecretProof = { salt, secretHash: hashSecret(salt, secret) };
  await registry.put(known === undefined ? added(proof) : { ...known, secrets: [proof], revision: known.revision + 1 });
  return known === undefined ? 'added' : 'changed';

  function added(only: SecretProof): Credential {
    return {
      key,
      store: DEFAULT_STORE,
      label,
      scopes: ['all', 'admin'],
      authority: { objectType: 'Agent', account: { homePage, name: key } },
      secrets: [only],
      linkSecret: randomBytes(32).toString('hex'),
      disabled: false,
      revokedTokens: [],
      created: now,
      createdBy: key,
      revision: 1,
    };
  }
}
