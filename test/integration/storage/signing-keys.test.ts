import { inspect } from 'node:util';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DynamoDbPublishedKeys } from '#storage/dynamodb/signing-keys.ts';
import { SecretsManagerPrivateKeys } from '#storage/secrets-manager/private-keys.ts';
import type { PublishedKeys } from '#storage/signing-keys.ts';
import { ENGINE_ACCESS, type FreshTables, freshTables } from '#test/support/engine.ts';
import { forgetfulClient } from '#test/support/faulty-client.ts';
import { startLoopbackServer } from '#test/support/loopback-server.ts';
import { type FreshPrivateKeys, freshPrivateKeys } from '#test/support/private-keys.ts';
import { publishKeys } from '#test/support/published-keys.ts';
import { published } from '#test/support/tokens.ts';
import { makeKey, publicHalf } from '#tokens/sign-jwt.ts';

async function someKeys(revision: number): Promise<PublishedKeys> {
  return published([{ jwk: publicHalf(await makeKey()), signsFrom: 0 }], revision);
}

describe('DynamoDbPublishedKeys', () => {
  let tables: FreshTables;
  let keys: DynamoDbPublishedKeys;

  beforeEach(async () => {
    tables = await freshTables();
    keys = new DynamoDbPublishedKeys(tables.client, tables.names.registry);
  });

  it('has nothing at first', async () => {
    expect(await keys.published()).toBeUndefined();
  });

  it('gives back what was published last', async () => {
    const [first, second] = await Promise.all([someKeys(1), someKeys(2)]);
    expect(await publishKeys(tables, first)).toBe('done');
    expect(await keys.published()).toEqual(first);
    expect(await publishKeys(tables, second)).toBe('done');
    expect(await keys.published()).toEqual(second);
  });

  it('publishes on top of the revision before only', async () => {
    const first = await someKeys(1);
    expect(await publishKeys(tables, await someKeys(2))).toBe('changed');
    await publishKeys(tables, first);
    expect(await publishKeys(tables, await someKeys(1))).toBe('changed');
    expect(await publishKeys(tables, await someKeys(3))).toBe('changed');
    expect(await keys.published()).toEqual(first);
  });

  it('publishes one of many that come at once', async () => {
    const many = await Promise.all(Array.from({ length: 5 }, () => someKeys(1)));
    const outcomes = await Promise.all(many.map((one) => publishKeys(tables, one)));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(await keys.published()).toEqual(many[outcomes.indexOf('done')]);
  });

  it('has published what the SDK sends twice, because the first answer is lost', async () => {
    const client = forgetfulClient(tables.endpoint, 'TransactWriteItems');
    expect(await publishKeys({ client, names: tables.names }, await someKeys(1))).toBe('done');
  });
});

describe('SecretsManagerPrivateKeys', () => {
  let fresh: FreshPrivateKeys;

  beforeAll(async () => {
    fresh = await freshPrivateKeys();
  });

  afterAll(() => fresh[Symbol.asyncDispose]());

  it('has none before any were written', async () => {
    expect(await fresh.privateKeys.read()).toEqual([]);
  });

  it('gives back what was written last', async () => {
    const [one, other] = await Promise.all([makeKey(), makeKey()]);
    await fresh.privateKeys.write([one]);
    await fresh.privateKeys.write([other, one]);
    expect(await fresh.privateKeys.read()).toEqual([other, one]);
  });

  it.each(['', 'no JSON', 'null', '[]', '{"keys":1}', '{"keys":[null,{"kid":"a"}]}'])(
    'has none in a secret with the value %j',
    async (SecretString) => {
      await fresh.client.send(new PutSecretValueCommand({ SecretId: fresh.secret, SecretString }));
      expect(await fresh.privateKeys.read()).toEqual([]);
    },
  );

  it('quotes nothing of an answer that cannot be parsed', async () => {
    const body = '{"SecretString":"{\\"keys\\":[{\\"d\\":\\"zyx-key\\"}]}" zyx-key';
    const server = await startLoopbackServer(() => ({ status: 200, body }));
    const client = new SecretsManagerClient({ endpoint: server.url, ...ENGINE_ACCESS });
    const error: unknown = await new SecretsManagerPrivateKeys(client, 'keys').read().catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'overloaded' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('zyx-key');
    await server.stop();
  });

  it.each([
    [400, 'AccessDeniedException'],
    [400, 'LimitExceededException'],
    [500, 'InternalServiceError'],
  ])('may be tried again after %s %s', async (status, name) => {
    const server = await startLoopbackServer(() => ({ status, body: JSON.stringify({ __type: name, message: 'no' }) }));
    const client = new SecretsManagerClient({ endpoint: server.url, ...ENGINE_ACCESS, maxAttempts: 1 });
    const keys = new SecretsManagerPrivateKeys(client, 'keys');
    const refusal = { code: 'overloaded', retryAfter: 1, detail: `${name}: no`, isLasting: true };
    await expect(keys.read()).rejects.toMatchObject(refusal);
    await expect(keys.write([])).rejects.toMatchObject(refusal);
    await server.stop();
  });

  it('says that the secret is missing when there is something to write', async () => {
    const nowhere = new SecretsManagerPrivateKeys(fresh.client, 'missing');
    expect(await nowhere.read()).toEqual([]);
    await expect(nowhere.write([await makeKey()])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
