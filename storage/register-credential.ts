import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '#access/audit-record.ts';
import type { Credential, SecretProof } from '#access/credential.ts';
import { currentSecrets, whyUnusable } from '#access/credential-state.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import type { GivenCredential } from '#storage/given-credential.ts';
import type { RegisteredSecrets, Registry, RegistryCommit } from '#storage/registry.ts';

/** `superseded`: the key and secret are not good, and must not be made so: an administrator has ended them. */
export type Registration = 'added' | 'changed' | 'unchanged' | 'superseded';

/** Of a credential that is new. */
export interface CredentialOrigin {
  /** Of the account that statements get as their authority. */
  readonly homePage: string;
  readonly label: string;
}

/** How often others may change the credential at the same moment. */
const ATTEMPTS = 5;

/** Secrets of one key that are remembered, so that they fit into an item. */
const REMEMBERED = 1_000;

/**
 * Makes the LRS take this key and secret if it never did: a new key for everything, the management of the deployment
 * included, a known one for what it is registered for, with this secret in the place of those it has. A key and secret
 * that were registered before stay what became of them: rotated, expired, disabled or deleted ones are `superseded`
 * however often this is called. So is any secret for a key that is disabled or has expired.
 *
 * @param given obeys `KEY_RULE` and `SECRET_RULE`
 * @param now milliseconds since 1970
 */
export async function registerCredential(
  registry: Pick<Registry, 'get' | 'registeredSecrets' | 'commit'>,
  given: GivenCredential,
  origin: CredentialOrigin,
  now: number,
): Promise<Registration> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    // In this order: whoever finds a secret registered finds what the same transaction made of the credential.
    const registered = await registry.registeredSecrets(given.key);
    const known = await registry.get(given.key);
    const standing = standingOf(given.secret, known, registered, now);
    if (standing === 'registered') return 'unchanged';
    if (standing === 'ended') return 'superseded';
    const proof = proofOf(given.secret);
    const change = changeFor(standing, { key: given.key, proof, known, origin, now });
    const outcome = await registry.commit({
      changes: [...change.changes, { kind: 'registered-secrets', put: withSecret(given.key, registered, proof) }],
      audit: change.audit,
    });
    if (outcome === 'done') return change.registration;
  }
  throw new Error(`Others have changed the credential ${given.key} at each of ${ATTEMPTS} attempts to register it.`);
}

/** `good`: is taken, and was not registered, but given by the management API or registered by the first version. */
type Standing = 'registered' | 'ended' | 'good' | 'new';

function standingOf(
  secret: string,
  known: Credential | undefined,
  registered: RegisteredSecrets | undefined,
  now: number,
): Standing {
  const isGiven = (proof: SecretProof): boolean => isSecret(secret, proof);
  const isRegistered = registered?.secrets.some(isGiven) === true;
  if (known === undefined) return isRegistered ? 'ended' : 'new';
  if (whyUnusable(known, now) !== undefined) return 'ended';
  if (currentSecrets(known, now).some(isGiven)) return isRegistered ? 'registered' : 'good';
  return isRegistered || known.secrets.some(isGiven) ? 'ended' : 'new';
}

interface Change extends Pick<RegistryCommit, 'changes' | 'audit'> {
  readonly registration: Registration;
}

interface Given {
  readonly key: string;
  readonly proof: SecretProof;
  readonly known: Credential | undefined;
  readonly origin: CredentialOrigin;
  readonly now: number;
}

function changeFor(standing: 'good' | 'new', { key, proof, known, origin, now }: Given): Change {
  if (known === undefined) {
    const put = firstCredential(key, proof, origin, now);
    return {
      changes: [{ kind: 'credential', put }],
      audit: eventOf(put, now, 'credential-created', { scopes: put.scopes.join(' ') }),
      registration: 'added',
    };
  }
  const kept = isOfFirstVersion(known) ? asFirstCredential(known, now) : known;
  const scopes = kept !== known && { scopes: kept.scopes.join(' ') };
  if (standing === 'good') {
    const audit = eventOf(kept, now, 'credential-changed', { ...scopes, registered: true });
    if (kept === known) return { changes: [], audit, registration: 'unchanged' };
    const put = { ...kept, revision: known.revision + 1 };
    return { changes: [{ kind: 'credential', put }], audit, registration: 'changed' };
  }
  const put = { ...kept, secrets: [proof], revision: known.revision + 1 };
  const audit = eventOf(put, now, 'credential-rotated', { ...scopes, overlapMinutes: 0 });
  return { changes: [{ kind: 'credential', put }], audit, registration: 'changed' };
}

function eventOf(
  { key, store }: Credential,
  time: number,
  action: AuditEvent['action'],
  details: AuditEvent['details'] & object,
): AuditEvent {
  return { store, time, principal: key, action, subject: key, result: 'done', details };
}

function withSecret(key: string, registered: RegisteredSecrets | undefined, proof: SecretProof): RegisteredSecrets {
  const { secrets, revision } = registered ?? { secrets: [], revision: 0 };
  return { key, secrets: [proof, ...secrets].slice(0, REMEMBERED), revision: revision + 1 };
}

function proofOf(secret: string): SecretProof {
  const salt = randomBytes(16).toString('hex');
  return { salt, secretHash: hashSecret(salt, secret) };
}

/** And was never changed since: it knew neither the time nor `admin`, and had no other credentials than first ones. */
function isOfFirstVersion({ created, revision }: Credential): boolean {
  return created === 0 && revision === 1;
}

function asFirstCredential(credential: Credential, now: number): Credential {
  return { ...credential, scopes: [...credential.scopes, 'admin'], created: now };
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
