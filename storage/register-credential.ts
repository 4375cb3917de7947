import { randomBytes } from 'node:crypto';
import type { Credential, SecretProof } from '#access/credential.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import type { GivenCredential } from '#storage/given-credential.ts';
import type { Registry } from '#storage/registry.ts';

export type Registration = 'added' | 'changed' | 'unchanged';

/** Of a credential that is new. */
export interface CredentialOrigin {
  /** Of the account that statements get as their authority. */
  readonly homePage: string;
  readonly label: string;
}

/** How often others may change the credential at the same moment. */
const ATTEMPTS = 5;

/**
 * Makes the LRS take this key and secret: a new key for everything, the management of the deployment included, a known one
 * for what it is registered for. With a known key nothing but its secret changes, and with its own secret nothing at all:
 * links that were handed out stay good, and what administrators made of the credential stays so.
 *
 * @param given obeys `KEY_RULE` and `SECRET_RULE`
 * @param now milliseconds since 1970
 */
export async function registerCredential(
  registry: Pick<Registry, 'get' | 'commit'>,
  given: GivenCredential,
  origin: CredentialOrigin,
  now: number,
): Promise<Registration> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await registry.get(given.key);
    if (known?.secrets.some((proof) => isSecret(given.secret, proof)) === true) return 'unchanged';
    const proof = proofOf(given.secret);
    const put =
      known === undefined
        ? firstCredential(given.key, proof, origin, now)
        : { ...known, secrets: [proof], revision: known.revision + 1 };
    const action = known === undefined ? 'credential-created' : 'credential-rotated';
    const { key: principal, store } = put;
    const audit = { store, time: now, principal, action, subject: principal, result: 'done' } as const;
    const outcome = await registry.commit({ changes: [{ kind: 'credential', put }], audit });
    if (outcome === 'done') return known === undefined ? 'added' : 'changed';
  }
  throw new Error(`Others have changed the credential ${given.key} at each of ${ATTEMPTS} attempts to register it.`);
}

function proofOf(secret: string): SecretProof {
  const salt = randomBytes(16).toString('hex');
  return { salt, secretHash: hashSecret(salt, secret) };
}

function firstCredential(
  key: string,
  proof: SecretProof,
  { homePage, label }: CredentialOrigin,
  now: number,
): Credential {
  return {
    key,
    store: DEFAULT_STORE,
    label,
    scopes: ['all', 'admin'],
    authority: { objectType: 'Agent', account: { homePage, name: key } },
    secrets: [proof],
    linkSecret: randomBytes(32).toString('hex'),
    disabled: false,
    revokedTokens: [],
    created: now,
    createdBy: key,
    revision: 1,
  };
}
