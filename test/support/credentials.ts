import { hashSecret } from '#storage/credential-secret.ts';
import type { Credential } from '#access/credential.ts';
import { DEFAULT_STORE, type Store } from '#access/store.ts';

const SALT = '5a'.repeat(16);

/** A credential for everything, with what a test is about in its place. */
export function aCredential({
  key = 'key',
  secret = 'secret',
  ...overrides
}: Partial<Credential> & { readonly secret?: string } = {}): Credential {
  return {
    key,
    store: DEFAULT_STORE,
    scopes: ['all'],
    authority: { objectType: 'Agent', account: { homePage: 'http://example.com', name: key } },
    label: key,
    secrets: [{ salt: SALT, secretHash: hashSecret(SALT, secret) }],
    linkSecret: Buffer.from(key.padEnd(32)).toString('hex'),
    disabled: false,
    revokedTokens: [],
    created: 0,
    createdBy: 'first',
    revision: 1,
    ...overrides,
  };
}

/** A store without settings, with what a test is about in its place. */
export function aStore(overrides: Partial<Store> = {}): Store {
  return { id: DEFAULT_STORE, name: 'Store', settings: {}, created: 0, createdBy: 'first', revision: 1, ...overrides };
}
