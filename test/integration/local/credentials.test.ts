import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptCredential, registerCredential } from '#local/credentials.ts';
import { isSecret } from '#storage/credential-secret.ts';
import { DynamoDbCredentialStore } from '#storage/dynamodb/credential-store.ts';
import { freshTables } from '#test/support/engine.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lrs-credentials-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the credential of the laptop', () => {
  it('is made once, long enough not to be guessed, and readable by its owner alone', async () => {
    const file = join(folder, 'credentials.json');
    const made = await keptCredential(file);
    expect(made.key).toMatch(/^[0-9a-f]{32}$/u);
    expect(made.secret).toMatch(/^[0-9a-f]{64}$/u);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keptCredential(file)).toEqual(made);
  });

  it.each(['', '{}', '{"key":1,"secret":"x"}', 'null'])('is not taken from a file with %j', async (text) => {
    const file = join(folder, 'credentials.json');
    await writeFile(file, text);
    await expect(keptCredential(file)).rejects.toThrow(/delete it/u);
  });

  it('is registered for everything, and stays as it is until its secret changes', async () => {
    const { client, names } = await freshTables();
    const store = new DynamoDbCredentialStore(client, names.registry);
    await registerCredential(store, { key: 'key', secret: 'first secret' });
    const first = await store.get('key');
    expect(first).toMatchObject({ key: 'key', store: 'default', scopes: ['all'] });
    await registerCredential(store, { key: 'key', secret: 'first secret' });
    expect(await store.get('key')).toEqual(first);
    await registerCredential(store, { key: 'key', secret: 'second secret' });
    const second = await store.get('key');
    expect(second !== undefined && isSecret('second secret', second)).toBe(true);
  });
});
