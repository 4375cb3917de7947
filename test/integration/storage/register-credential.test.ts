import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyChain, verifyEnd } from '#access/verify-chain.ts';
import { hashSecret, isSecret } from '#storage/credential-secret.ts';
import type { Credential } from '#access/credential.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { keyAttributes } from '#storage/dynamodb/attributes.ts';
import { credentialKey } from '#storage/dynamodb/registry/registry-keys.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { registerCredential } from '#storage/register-credential.ts';
import { aCredential } from '#test/support/credentials.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';

const ORIGIN = { homePage: 'https://lrs.example/xapi', label: 'a test' };

let tables: FreshTables;
let registry: DynamoDbRegistry;
let audit: DynamoDbAuditLog;
let seed: (credential: Credential) => Promise<void>;
let key: string;
let tests = 0;

const register = (secret: string, now = 1_000) => registerCredential(registry, { key, secret }, ORIGIN, now);

async function registered(): Promise<Credential> {
  const credential = await registry.get(key);
  if (credential === undefined) throw new Error(`${key} is not registered.`);
  return credential;
}

const proves = ({ secrets }: Credential, secret: string) => secrets.some((proof) => isSecret(secret, proof));

const proofOf = (secret: string) => ({ salt: '00', secretHash: hashSecret('00', secret) });

const listed = async () => (await registry.credentials('default', { limit: 1_000 })).items.map((one) => one.key);

/** What an administrator makes of the credential. */
async function change(changes: Partial<Credential>): Promise<void> {
  const credential = await registered();
  const put = { ...credential, ...changes, revision: credential.revision + 1 };
  const audit = { store: put.store, time: 2_000, action: 'credential-changed', result: 'done' } as const;
  expect(await registry.commit({ changes: [{ kind: 'credential', put }], audit })).toBe('done');
}

async function remove(): Promise<void> {
  const credential = await registered();
  const audit = { store: credential.store, time: 2_000, action: 'credential-deleted', result: 'done' } as const;
  expect(await registry.commit({ changes: [{ kind: 'credential', delete: credential }], audit })).toBe('done');
}

/** What was recorded of the credential. */
async function recorded(): Promise<readonly string[]> {
  const { items } = await audit.list('default', { limit: 1_000 });
  expect(verifyEnd(verifyChain(items, { now: Date.now() }))).toBeUndefined();
  return items.flatMap(({ action, subject, principal, time }) =>
    subject === key && principal === key && time === 1_000 ? [action] : [],
  );
}

async function lastDetails(): Promise<unknown> {
  const { items } = await audit.list('default', { limit: 1, newestFirst: true });
  return items[0]?.details;
}

beforeAll(async () => {
  tables = await freshTables();
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
    expect(await lastDetails()).toEqual({ scopes: 'all admin' });
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
      created: 500,
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

  it('adds a key whose item somebody has taken out of the table', async () => {
    await register('first');
    const item = keyAttributes(credentialKey(key));
    await tables.sdk.send(new DeleteItemCommand({ TableName: tables.names.registry, Key: item }));
    expect(await register('second')).toBe('added');
    expect((await listed()).filter((one) => one === key)).toEqual([key]);
  });

  it('leaves one credential, with one secret that was given, when several come at once', async () => {
    const secrets = ['the first secret', 'the second secret', 'the first secret'];
    const results = await Promise.all(secrets.map((secret) => register(secret)));
    expect(results.filter((result) => result === 'added')).toHaveLength(1);
    const credential = await registered();
    expect(secrets.filter((secret) => proves(credential, secret)).length).toBeGreaterThan(0);
    expect(await recorded()).toHaveLength(credential.revision);
  });
});

describe('what an administrator has done to a registered credential', () => {
  it.each<[string, () => Promise<void>]>([
    ['was rotated', () => change({ secrets: [proofOf('of the rotation')] })],
    [
      'was rotated, with an overlap that is over',
      async () => {
        const { secrets } = await registered();
        const old = secrets.map((proof) => ({ ...proof, expires: 900 }));
        await change({ secrets: [proofOf('of the rotation'), ...old] });
      },
    ],
    ['was disabled', () => change({ disabled: true })],
    ['has expired', () => change({ expires: 1_000 })],
    ['was deleted', remove],
  ])('stays: it %s', async (_, end) => {
    await register('the first secret');
    await end();
    const before = await registry.get(key);
    for (const _ of ['once', 'again']) expect(await register('the first secret')).toBe('superseded');
    expect(await registry.get(key)).toEqual(before);
    expect(await recorded()).toEqual(['credential-created']);
  });

  it('stays when other secrets were registered since', async () => {
    await register('the first secret');
    expect(await register('the second secret')).toBe('changed');
    const before = await registered();
    expect(await register('the first secret')).toBe('superseded');
    expect(await register('the second secret')).toBe('unchanged');
    expect(await registered()).toEqual(before);
  });

  it('counts as good while the rotated secret still does', async () => {
    await register('the first secret');
    const { secrets } = await registered();
    await change({ secrets: [proofOf('of the rotation'), ...secrets.map((proof) => ({ ...proof, expires: 2_000 }))] });
    expect(await register('the first secret', 1_999)).toBe('unchanged');
    expect(await register('the first secret', 2_000)).toBe('superseded');
  });

  it('stays also of a secret that the management API gave', async () => {
    await register('the first secret');
    await change({ secrets: [proofOf('of the rotation')] });
    expect(await register('of the rotation')).toBe('unchanged');
    expect(await lastDetails()).toEqual({ registered: true });
    await change({ secrets: [proofOf('of another rotation')] });
    expect(await register('of the rotation')).toBe('superseded');
  });

  it('yields to a secret that was never registered, if the credential is not disabled', async () => {
    await register('the first secret');
    await change({ secrets: [proofOf('of the rotation')], scopes: ['all'] });
    expect(await register('the second secret')).toBe('changed');
    expect(await registered()).toMatchObject({ scopes: ['all'] });
    await change({ disabled: true });
    expect(await register('the third secret')).toBe('superseded');
    expect(await registered()).toMatchObject({ disabled: true });
  });

  it('yields to a secret that was never registered when the credential was deleted', async () => {
    await register('the first secret');
    await remove();
    expect(await register('the second secret')).toBe('added');
    expect(proves(await registered(), 'the second secret')).toBe(true);
    expect(await register('the first secret')).toBe('superseded');
  });
});

describe('a credential in the layout of the first version', () => {
  beforeEach(async () => {
    const item = {
      pk: { S: `*|credential|${key}` },
      sk: { S: 'credential' },
      key: { S: JSON.stringify(key) },
      store: { S: 'default' },
      scopes: { L: [{ S: 'all' }] },
      authority: { S: '{"objectType":"Agent","account":{"homePage":"http://localhost","name":"first"}}' },
      label: { S: '"bootstrap"' },
      salt: { S: '00' },
      secretHash: { S: hashSecret('00', 'the first secret') },
      linkSecret: { S: 'ab'.repeat(32) },
    };
    await tables.sdk.send(new PutItemCommand({ TableName: tables.names.registry, Item: item }));
  });

  it('is read as it is', async () => {
    expect(await registered()).toEqual({
      key,
      store: 'default',
      label: 'bootstrap',
      scopes: ['all'],
      authority: { objectType: 'Agent', account: { homePage: 'http://localhost', name: 'first' } },
      secrets: [{ salt: '00', secretHash: hashSecret('00', 'the first secret') }],
      linkSecret: 'ab'.repeat(32),
      disabled: false,
      revokedTokens: [],
      created: 0,
      createdBy: key,
      revision: 1,
    });
  });

  it('gets what a first credential has when it is registered, once', async () => {
    const before = await registered();
    expect(await register('the first secret')).toBe('changed');
    expect(await registered()).toEqual({ ...before, scopes: ['all', 'admin'], created: 1_000, revision: 2 });
    expect(await lastDetails()).toEqual({ scopes: 'all admin', registered: true });
    expect(await listed()).toContain(key);
    await change({ scopes: ['all'] });
    expect(await register('the first secret')).toBe('unchanged');
    expect(await register('the second secret')).toBe('changed');
    expect(await registered()).toMatchObject({ scopes: ['all'] });
  });

  it('gets the given secret when that is another', async () => {
    expect(await register('the second secret')).toBe('changed');
    const after = await registered();
    expect(after).toMatchObject({ scopes: ['all', 'admin'], linkSecret: 'ab'.repeat(32), revision: 2 });
    expect(proves(after, 'the second secret')).toBe(true);
    expect(await listed()).toContain(key);
  });

  it('can be changed and deleted by administrators', async () => {
    await change({ label: 'changed' });
    expect(await listed()).toContain(key);
    expect(await register('the first secret')).toBe('unchanged');
    expect(await registered()).toMatchObject({ label: 'changed', scopes: ['all'] });
    await remove();
    expect(await registry.get(key)).toBeUndefined();
    expect(await listed()).not.toContain(key);
  });

  it('can be deleted as it is', async () => {
    await remove();
    expect(await registry.get(key)).toBeUndefined();
  });
});
