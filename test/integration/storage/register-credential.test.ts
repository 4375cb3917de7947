import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain, verifyEnd } from '#access/verify-chain.ts';
import { isSecret } from '#storage/credential-secret.ts';
import type { Credential } from '#access/credential.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { registerCredential } from '#storage/register-credential.ts';
import { aCredential } from '#test/support/credentials.ts';
import { freshTables } from '#test/support/engine.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

const ORIGIN = { homePage: 'https://lrs.example/xapi', label: 'a test' };

let registry: DynamoDbRegistry;
let audit: DynamoDbAuditLog;
let seed: (credential: Credential) => Promise<void>;
let key: string;
let tests = 0;

const register = (secret: string) => registerCredential(registry, { key, secret }, ORIGIN, 1_000);

async function registered(): Promise<Credential> {
  const credential = await registry.get(key);
  if (credential === undefined) throw new Error(`${key} is not registered.`);
  return credential;
}

const proves = ({ secrets }: Credential, secret: string) => secrets.some((proof) => isSecret(secret, proof));

/** What was recorded of the credential. */
async function recorded(): Promise<readonly string[]> {
  const { items } = await audit.list('default', { limit: 1_000 });
  expect(verifyEnd(verifyChain(items))).toBeUndefined();
  return items.flatMap(({ action, subject, principal, time }) =>
    subject === key && principal === key && time === 1_000 ? [action] : [],
  );
}

beforeAll(async () => {
  const tables = await freshTables();
  const place = { client: tables.client, tableName: tables.names.registry, retentionDays: 1, now: Date.now };
  registry = new DynamoDbRegistry(place);
  audit = new DynamoDbAuditLog(place);
  seed = (credential) => storeCredentials(tables, credential);
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
      disabled: false,
      created: 1_000,
      createdBy: key,
      revision: 1,
    });
    expect(proves(credential, 'the first secret')).toBe(true);
    expect(JSON.stringify(credential)).not.toContain('the first secret');
    expect(await recorded()).toEqual(['credential-created']);
    expect((await registry.credentials('default', { limit: 1_000 })).items).toContainEqual(credential);
  });

  it('changes nothing when it is repeated', async () => {
    await register('the first secret');
    const before = await registered();
    expect(await register('the first secret')).toBe('unchanged');
    expect(await registered()).toEqual(before);
    expect(await recorded()).toEqual(['credential-created']);
  });

  it('replaces the secret of a known key, and nothing else', async () => {
    const before = aCredential({
      key,
      secret: 'the first secret',
      store: 'default',
      scopes: ['all/read'],
      revision: 7,
    });
    await seed(before);
    expect(await register('the second secret')).toBe('changed');
    const after = await registered();
    expect(after).toEqual({ ...before, secrets: after.secrets, revision: 8 });
    expect(after.secrets).toHaveLength(1);
    expect(after.secrets[0]?.salt).not.toBe(before.secrets[0]?.salt);
    expect(proves(after, 'the second secret')).toBe(true);
    expect(proves(after, 'the first secret')).toBe(false);
    expect(await recorded()).toEqual(['credential-rotated']);
  });

  it('leaves one credential, with one secret that was given, when several come at once', async () => {
    const secrets = ['the first secret', 'the second secret', 'the first secret'];
    const results = await Promise.all(secrets.map(register));
    expect(results.filter((result) => result === 'added')).toHaveLength(1);
    const credential = await registered();
    expect(secrets.filter((secret) => proves(credential, secret)).length).toBeGreaterThan(0);
    expect(await recorded()).toHaveLength(credential.revision);
  });
});
