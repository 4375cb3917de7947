import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSecret } from '#storage/credential-secret.ts';
import type { Credential } from '#access/credential.ts';
import { DynamoDbCredentialStore } from '#storage/dynamodb/credential-store.ts';
import { registerCredential } from '#storage/register-credential.ts';
import { freshTables } from '#test/support/engine.ts';

const ORIGIN = { homePage: 'https://lrs.example/xapi', label: 'a test' };

let store: DynamoDbCredentialStore;
let key: string;
let tests = 0;

const register = (secret: string) => registerCredential(store, { key, secret }, ORIGIN, 0);

async function registered(): Promise<Credential> {
  const credential = await store.get(key);
  if (credential === undefined) throw new Error(`${key} is not registered.`);
  return credential;
}

const proves = ({ secrets }: Credential, secret: string) => secrets.some((proof) => isSecret(secret, proof));

beforeAll(async () => {
  const { client, names } = await freshTables();
  store = new DynamoDbCredentialStore(client, names.registry);
});

beforeEach(() => {
  tests += 1;
  key = `key-${tests}`;
});

describe('the registration of a key and a secret', () => {
  it('adds a new key, for everything, and keeps no secret', async () => {
    expect(await register('the first secret')).toBe('added');
    const credential = await registered();
    expect(credential).toMatchObject({
      key,
      store: 'default',
      scopes: ['all', 'admin'],
      authority: { objectType: 'Agent', account: { homePage: 'https://lrs.example/xapi', name: key } },
      label: 'a test',
    });
    expect(proves(credential, 'the first secret')).toBe(true);
    expect(JSON.stringify(credential)).not.toContain('the first secret');
  });

  it('changes nothing when it is repeated', async () => {
    await register('the first secret');
    const before = await registered();
    expect(await register('the first secret')).toBe('unchanged');
    expect(await registered()).toEqual(before);
  });

  it('replaces the secret of a known key, and nothing else', async () => {
    await register('the first secret');
    const before: Credential = { ...(await registered()), scopes: ['all/read'], label: 'for a dashboard' };
    await store.put(before);
    expect(await register('the second secret')).toBe('changed');
    const after = await registered();
    expect(after).toEqual({ ...before, secrets: after.secrets, revision: before.revision + 1 });
    expect(after.secrets).toHaveLength(1);
    expect(after.secrets[0]?.salt).not.toBe(before.secrets[0]?.salt);
    expect(proves(after, 'the second secret')).toBe(true);
    expect(proves(after, 'the first secret')).toBe(false);
  });
});
