import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putItems } from '#storage/dynamodb/batch.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { type ItemKey, keyAttributes } from '#storage/dynamodb/attributes.ts';
import { credentialKey, issuerKey, usageKey } from '#storage/dynamodb/registry/registry-keys.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { CommitOutcome, RegistryChange, RememberedReply } from '#storage/registry.ts';
import { anAuditEvent } from '#test/support/audit-records.ts';
import { aCredential } from '#test/support/credentials.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { allOf, anIssuer, aStore, unbrokenChain } from '#test/support/registries.ts';

let tables: FreshTables;
let registry: DynamoDbRegistry;
let audit: DynamoDbAuditLog;
let now: number;
/** Whose changes and chain no other test has. */
let store: string;
let tests = 0;

beforeAll(async () => {
  tables = await freshTables();
  const place = { client: tables.client, tableName: tables.names.registry, retentionDays: 1, now: () => now };
  registry = new DynamoDbRegistry(place);
  audit = new DynamoDbAuditLog(place);
});

beforeEach(() => {
  now = 1_000_000;
  tests += 1;
  store = `store-${tests}`;
});

const commit = (changes: readonly RegistryChange[], remember?: RememberedReply): Promise<CommitOutcome> =>
  registry.commit({ changes, audit: anAuditEvent({ store }), ...(remember && { remember }) });

/** Deletes an item as somebody may who looks after tables by hand. */
async function takeOut(key: ItemKey): Promise<void> {
  await tables.sdk.send(new DeleteItemCommand({ TableName: tables.names.registry, Key: keyAttributes(key) }));
}

const aReply = (overrides: Partial<RememberedReply> = {}): RememberedReply => ({
  principal: `somebody of ${store}`,
  idempotencyKey: 'a',
  fingerprint: '00',
  status: 201,
  body: '{}',
  expires: now + 60_000,
  ...overrides,
});

describe('a credential', () => {
  it.each([
    ['short', 'key'],
    ['long', '\u{1F511}'.repeat(64)],
    ['with what separates segments', 'a|b'],
    ['with what stands for that', 'a%7cb'],
    ['like a hash', '%#x'],
    ['blank', ' '],
  ])('is found by its key and listed in its store: a key that is %s', async (_, key) => {
    const credential = aCredential({ key, store });
    expect(await commit([{ kind: 'credential', put: credential }])).toBe('done');
    expect(await registry.get(credential.key)).toEqual(credential);
    expect((await registry.credentials(store, { limit: 1 })).items).toEqual([credential]);
    expect(await commit([{ kind: 'credential', delete: credential }])).toBe('done');
  });

  it.each([
    ['nothing', ''],
    ['too much', 'x'.repeat(5_000)],
    ['half a character', '\uD800'],
    ['a control character', 'k\u0000'],
  ])('is not found by what can be no key: %s', async (_, key) => {
    expect(await registry.get(key)).toBeUndefined();
  });

  it('is replaced by the next revision only', async () => {
    const first = aCredential({ key: store, store });
    const second = { ...first, label: 'another', revision: 2 };
    expect(await commit([{ kind: 'credential', put: second }])).toBe('changed');
    expect(await commit([{ kind: 'credential', put: first }])).toBe('done');
    expect(await commit([{ kind: 'credential', put: first }])).toBe('exists');
    expect(await commit([{ kind: 'credential', put: { ...first, revision: 3 } }])).toBe('changed');
    expect(await commit([{ kind: 'credential', put: second }])).toBe('done');
    expect(await commit([{ kind: 'credential', put: second }])).toBe('changed');
    expect(await registry.get(store)).toEqual(second);
    expect((await registry.credentials(store, { limit: 10 })).items).toEqual([second]);
    expect(await unbrokenChain(audit, store)).toHaveLength(2);
  });

  it('is deleted in its revision only, and can be added again', async () => {
    const credential = aCredential({ key: store, store });
    await commit([{ kind: 'credential', put: credential }]);
    expect(await commit([{ kind: 'credential', delete: { ...credential, revision: 2 } }])).toBe('changed');
    expect(await commit([{ kind: 'credential', delete: credential }])).toBe('done');
    expect(await commit([{ kind: 'credential', delete: credential }])).toBe('changed');
    expect(await registry.get(store)).toBeUndefined();
    expect((await registry.credentials(store, { limit: 10 })).items).toEqual([]);
    expect(await commit([{ kind: 'credential', put: credential }])).toBe('done');
  });

  it('is neither replaced nor deleted by what is about the one that had its key before', async () => {
    const former = aCredential({ key: store, store });
    const successor = { ...former, linkSecret: '01'.repeat(32) };
    await commit([{ kind: 'credential', put: former }]);
    await commit([{ kind: 'credential', delete: former }]);
    await commit([{ kind: 'credential', put: successor }]);
    expect(await commit([{ kind: 'credential', put: { ...former, disabled: true, revision: 2 } }])).toBe('changed');
    expect(await commit([{ kind: 'credential', delete: former }])).toBe('changed');
    expect(await registry.get(store)).toEqual(successor);
    expect(await commit([{ kind: 'credential', put: { ...successor, revision: 2 } }])).toBe('done');
  });

  it('can be made again, in any store, when somebody has taken its item out of the table', async () => {
    const credential = aCredential({ key: store, store });
    const elsewhere = { ...credential, store: `${store}-b` };
    for (const successor of [credential, elsewhere]) {
      await commit([{ kind: 'credential', put: credential }]);
      await takeOut(credentialKey(store));
      expect((await registry.credentials(store, { limit: 10 })).items).toEqual([]);
      expect(await commit([{ kind: 'credential', put: successor }])).toBe('done');
      expect((await registry.credentials(successor.store, { limit: 10 })).items).toEqual([successor]);
      await commit([{ kind: 'credential', delete: credential }]);
    }
    expect((await registry.credentials(store, { limit: 10 })).items).toEqual([]);
    expect(await commit([{ kind: 'credential', put: credential }])).toBe('exists');
  });

  it('never moves to another store', async () => {
    const credential = aCredential({ key: store, store });
    const moved = { ...credential, store: `${store}-b` };
    await commit([{ kind: 'credential', put: credential }]);
    expect(await commit([{ kind: 'credential', put: moved }])).toBe('exists');
    expect(await commit([{ kind: 'credential', put: { ...moved, revision: 2 } }])).toBe('changed');
    expect(await commit([{ kind: 'credential', delete: moved }])).toBe('changed');
    expect(await registry.get(store)).toEqual(credential);
    expect((await registry.credentials(`${store}-b`, { limit: 10 })).items).toEqual([]);
  });

  it('is listed in the order of the keys, by pages of any size, with those of its store alone', async () => {
    const keys = ['A', 'B|1', 'a%', 'a', 'a.b', 'aa', 'é', '\u{1F511}'].map((key) => `${key}-${store}`);
    for (const key of keys.toReversed()) await commit([{ kind: 'credential', put: aCredential({ key, store }) }]);
    await commit([{ kind: 'credential', put: aCredential({ key: `other-${store}`, store: `${store}-b` }) }]);
    for (const limit of [1, 3, 8, 9]) {
      const credentials = await allOf((page) => registry.credentials(store, page), limit);
      expect(credentials.map(({ key }) => key)).toEqual(keys);
    }
  });

  it.each([
    ['nothing', ''],
    ['no whole byte', 'x'],
    ['other characters', 'a b'],
    ['another spelling', 'YQ=='],
    ['what is no key', Buffer.from('a:b').toString('base64url')],
    ['too much', Buffer.from('x'.repeat(2_000)).toString('base64url')],
  ])('is not listed from a place that no page has ended with: %s', async (_, after) => {
    await expect(registry.credentials(store, { limit: 1, after })).rejects.toMatchObject({
      code: 'parameter-invalid',
      problem: { path: 'after' },
    });
  });

  it('has a day of its last use once it was used', async () => {
    const day = { day: { S: '2026-11-22' } };
    await putItems(tables.client, tables.names.registry, [
      { ...keyAttributes(usageKey(store, 'used|')), ...day },
      { ...keyAttributes(usageKey(`${store}-b`, 'unused')), ...day },
    ]);
    expect(await registry.lastUsed(store, ['used|', 'unused', 'used|'])).toEqual(new Map([['used|', '2026-11-22']]));
    expect(await registry.lastUsed(store, [])).toEqual(new Map());
  });
});

describe('a store', () => {
  it('is found by its id, changed by revisions, and audited', async () => {
    const first = aStore({ id: store });
    const second = { ...first, settings: { defaultVersion: '2.0.0' as const }, revision: 2 };
    expect(await registry.store(store)).toBeUndefined();
    expect(await commit([{ kind: 'store', put: first }])).toBe('done');
    expect(await commit([{ kind: 'store', put: first }])).toBe('exists');
    expect(await commit([{ kind: 'store', put: { ...second, revision: 3 } }])).toBe('changed');
    expect(await commit([{ kind: 'store', put: second }])).toBe('done');
    expect(await registry.store(store)).toEqual(second);
    expect(await unbrokenChain(audit, store)).toHaveLength(2);
  });

  it.each([
    ['nothing', ''],
    ['too much', 'x'.repeat(5_000)],
    ['half a character', '\uD800'],
  ])('is not found by what can be no id: %s', async (_, id) => {
    expect(await registry.store(id)).toBeUndefined();
  });
});

describe('the default store', () => {
  let fresh: DynamoDbRegistry;

  beforeEach(async () => {
    const { client, names } = await freshTables();
    fresh = new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 1, now: () => now });
  });

  const add = async (...ids: readonly string[]): Promise<void> => {
    for (const id of ids)
      await fresh.commit({ changes: [{ kind: 'store', put: aStore({ id }) }], audit: anAuditEvent() });
  };

  const listed = async (limit: number): Promise<readonly string[]> =>
    (await allOf((page) => fresh.stores(page), limit)).map(({ id }) => id);

  it('is there from the beginning, and is created by its first change', async () => {
    expect(await fresh.store('default')).toMatchObject({ id: 'default', name: 'Default store', revision: 0 });
    expect((await fresh.stores({ limit: 10 })).items).toEqual([await fresh.store('default')]);
    await add('default');
    expect(await fresh.store('default')).toEqual(aStore({ id: 'default' }));
  });

  it.each([
    [[]],
    [['a']],
    [['z']],
    [['a', 'b', 'c', 'y', 'z']],
    [['a', 'b', 'c', 'default', 'y', 'z']],
    [['a', 'b']],
    [['defaul', 'default-2', 'e', '0']],
  ])('is listed once, in its place among %j, by pages of any size', async (ids) => {
    await add(...ids);
    const all = [...new Set([...ids, 'default'])].sort();
    for (const limit of [1, 2, 3, 4, 10]) expect(await listed(limit)).toEqual(all);
  });

  it('is listed once when it is created between two pages', async () => {
    await add('a', 'z');
    const first = await fresh.stores({ limit: 2 });
    await add('default');
    const rest = await fresh.stores({ limit: 2, ...(first.next !== undefined && { after: first.next }) });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(['a', 'default', 'z']);
  });

  it('is not listed from a place that no page has ended with', async () => {
    await expect(fresh.stores({ limit: 1, after: 'x' })).rejects.toMatchObject({ code: 'parameter-invalid' });
  });
});

describe('an issuer', () => {
  it('is found by its name and by its id, and listed by its id', async () => {
    const long = anIssuer({ id: `${store}-a`, issuer: `https://z.example.com/${'x'.repeat(5_000)}` });
    const short = anIssuer({ id: `${store}-b`, issuer: `https://a.example.com/${store}` });
    for (const put of [short, long]) expect(await commit([{ kind: 'issuer', put }])).toBe('done');
    for (const issuer of [short, long]) {
      expect(await registry.issuerNamed(issuer.issuer)).toEqual(issuer);
      expect(await registry.issuer(issuer.id)).toEqual(issuer);
    }
    for (const limit of [1, 2, 100]) {
      const all = await allOf((page) => registry.issuers(page), limit);
      expect(all.filter(({ id }) => id.startsWith(`${store}-`))).toEqual([long, short]);
    }
  });

  it('has a name and an id that no other has', async () => {
    const issuer = anIssuer({ id: store });
    await commit([{ kind: 'issuer', put: issuer }]);
    expect(await commit([{ kind: 'issuer', put: { ...issuer, id: `${store}-b` } }])).toBe('exists');
    expect(await commit([{ kind: 'issuer', put: { ...issuer, issuer: 'https://other.example.com' } }])).toBe('exists');
    expect(await registry.issuer(`${store}-b`)).toBeUndefined();
    expect(await registry.issuerNamed('https://other.example.com')).toBeUndefined();
  });

  it('can be made again, with any id, when somebody has taken its item out of the table', async () => {
    const issuer = anIssuer({ id: store });
    const renamed = { ...issuer, id: `${store}-b` };
    await commit([{ kind: 'issuer', put: issuer }]);
    await takeOut(issuerKey(issuer.issuer));
    expect(await commit([{ kind: 'issuer', put: issuer }])).toBe('done');
    await takeOut(issuerKey(issuer.issuer));
    expect(await commit([{ kind: 'issuer', put: renamed }])).toBe('done');
    expect(await registry.issuer(store)).toBeUndefined();
    const all = await allOf((page) => registry.issuers(page), 100);
    expect(all.filter(({ id }) => id.startsWith(store))).toEqual([renamed]);
  });

  it('keeps its name and its id through all revisions', async () => {
    const issuer = anIssuer({ id: store });
    const second = { ...issuer, disabled: true, revision: 2 };
    await commit([{ kind: 'issuer', put: issuer }]);
    expect(await commit([{ kind: 'issuer', put: { ...second, id: `${store}-b` } }])).toBe('changed');
    expect(await commit([{ kind: 'issuer', put: { ...second, issuer: 'https://other.example.com' } }])).toBe('changed');
    expect(await commit([{ kind: 'issuer', put: second }])).toBe('done');
    expect(await registry.issuer(store)).toEqual(second);
  });

  it('is neither replaced nor deleted by what is about the one that had its name before', async () => {
    const former = anIssuer({ id: store });
    const successor = { ...former, linkSecret: '01'.repeat(32) };
    await commit([{ kind: 'issuer', put: former }]);
    await commit([{ kind: 'issuer', delete: former }]);
    await commit([{ kind: 'issuer', put: successor }]);
    expect(await commit([{ kind: 'issuer', put: { ...former, disabled: true, revision: 2 } }])).toBe('changed');
    expect(await commit([{ kind: 'issuer', delete: former }])).toBe('changed');
    expect(await registry.issuer(store)).toEqual(successor);
  });

  it('is gone by its name and by its id once it is deleted', async () => {
    const issuer = anIssuer({ id: store });
    await commit([{ kind: 'issuer', put: issuer }]);
    expect(await commit([{ kind: 'issuer', delete: issuer }])).toBe('done');
    expect(await registry.issuer(store)).toBeUndefined();
    expect(await registry.issuerNamed(issuer.issuer)).toBeUndefined();
    expect(await commit([{ kind: 'issuer', put: issuer }])).toBe('done');
  });

  it.each(['', '\uD800'])('is not found by what can be no name: %j', async (name) => {
    expect(await registry.issuerNamed(name)).toBeUndefined();
    expect(await registry.issuer(name)).toBeUndefined();
  });
});

describe('a reply that is remembered', () => {
  it('is there for its principal and key alone', async () => {
    const reply = aReply();
    expect(await commit([], reply)).toBe('done');
    expect(await registry.remembered(reply.principal, 'a')).toEqual(reply);
    expect(await registry.remembered(reply.principal, 'b')).toBeUndefined();
    expect(await registry.remembered('somebody else', 'a')).toBeUndefined();
  });

  it('keeps the request from being carried out again, whatever else is in its way', async () => {
    const put = aStore({ id: store });
    expect(await commit([{ kind: 'store', put }], aReply())).toBe('done');
    expect(await commit([{ kind: 'store', put }], aReply())).toBe('remembered');
    expect(await commit([{ kind: 'store', put: { ...put, revision: 2 } }], aReply())).toBe('remembered');
    expect(await registry.store(store)).toEqual(put);
    expect(await unbrokenChain(audit, store)).toHaveLength(1);
  });

  it('counts as absent once it has expired, however long DynamoDB keeps it', async () => {
    const reply = aReply({ expires: now + 60_500 });
    await commit([], reply);
    now += 60_999;
    expect(await registry.remembered(reply.principal, 'a')).toEqual(reply);
    expect(await commit([], aReply())).toBe('remembered');
    now += 1;
    expect(await registry.remembered(reply.principal, 'a')).toBeUndefined();
    const next = aReply({ status: 204 });
    expect(await commit([], next)).toBe('done');
    expect(await registry.remembered(reply.principal, 'a')).toEqual(next);
  });
});

describe('a commit', () => {
  it('makes all its changes or none', async () => {
    const [a, b] = [aStore({ id: `${store}-a` }), aStore({ id: `${store}-b` })];
    await commit([{ kind: 'store', put: b }]);
    expect(
      await commit([
        { kind: 'store', put: a },
        { kind: 'store', put: b },
      ]),
    ).toBe('exists');
    expect(await registry.store(a.id)).toBeUndefined();
    expect(await unbrokenChain(audit, store)).toHaveLength(1);
  });

  it('lets one of many through that make the same change, and records that one', async () => {
    const credential = aCredential({ key: store, store });
    await commit([{ kind: 'credential', put: credential }]);
    const second = (label: string) => ({ kind: 'credential', put: { ...credential, label, revision: 2 } }) as const;
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((label) => commit([second(label)])));
    expect(outcomes.toSorted()).toEqual(['changed', 'changed', 'changed', 'done']);
    const label = ['a', 'b', 'c', 'd'][outcomes.indexOf('done')];
    expect(await registry.get(store)).toMatchObject({ label, revision: 2 });
    expect(await unbrokenChain(audit, store)).toHaveLength(2);
  });
});
