import { beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbCredentialStore } from '#storage/dynamodb/credential-store.ts';
import { aCredential } from '#test/support/credentials.ts';
import { freshTables } from '#test/support/engine.ts';

describe('DynamoDbCredentialStore', () => {
  let credentials: DynamoDbCredentialStore;

  beforeAll(async () => {
    const { client, names } = await freshTables();
    credentials = new DynamoDbCredentialStore(client, names.registry);
  });

  it.each(['key', 'a|b', '', 'x'.repeat(5_000), '\uD800', 'käse\u0000'])(
    'finds a credential by its key: %j',
    async (key) => {
      const credential = aCredential({ key, label: '', scopes: [] });
      await credentials.put(credential);
      expect(await credentials.get(key)).toEqual(credential);
    },
  );

  it('replaces the one with the same key', async () => {
    await credentials.put(aCredential());
    await credentials.put(aCredential({ label: 'Another', store: 'other' }));
    expect(await credentials.get('key')).toEqual(aCredential({ label: 'Another', store: 'other' }));
  });

  it('finds none for an unknown key', async () => {
    expect(await credentials.get('unknown')).toBeUndefined();
  });
});
