import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { AuditRecord } from '#access/audit-record.ts';
import { verifyChain } from '#access/verify-chain.ts';
import { keyAttributes } from '#storage/dynamodb/attributes.ts';
import { recordKey } from '#storage/dynamodb/audit/audit-item.ts';
import { AuditChain } from '#storage/dynamodb/audit/audit-chain.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { anAuditEvent } from '#test/support/audit-records.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { forgetfulClient, interceptedClient } from '#test/support/faulty-client.ts';
import { allOf, unbrokenChain } from '#test/support/registries.ts';

const DAY = 86_400_000;

let tables: FreshTables;
let now: number;
/** Whose chain no other test has. */
let store: string;
let tests = 0;

const placeOf = (client = tables.client, retentionDays = 10) => {
  return { client, tableName: tables.names.registry, retentionDays, now: () => now };
};

const open = (client = tables.client, retentionDays = 10): DynamoDbAuditLog =>
  new DynamoDbAuditLog(placeOf(client, retentionDays));

/** Another process. */
const anotherClient = () => interceptedClient(tables.endpoint, (_, send) => send());

async function append(count: number, log = open()): Promise<void> {
  for (let time = 0; time < count; time += 1) await log.append(anAuditEvent({ store, time }));
}

const sequences = (records: readonly AuditRecord[]): readonly number[] => records.map(({ sequence }) => sequence);

/** The oldest record that is still listed. */
const oldest = async (): Promise<readonly number[]> => sequences((await open().list(store, { limit: 1 })).items);

beforeAll(async () => {
  tables = await freshTables();
});

beforeEach(() => {
  now = 1_000_000;
  tests += 1;
  store = `store-${tests}`;
});

describe('the audit of a store', () => {
  it('is empty at first', async () => {
    expect(await open().head(store)).toBeUndefined();
    expect(await open().list(store, { limit: 10 })).toEqual({ items: [] });
  });

  it('keeps events as they are, each chained to the one before', async () => {
    const event = anAuditEvent({
      store,
      time: 7,
      principal: 'käse|\uD800',
      source: '2001:db8::1',
      requestId: 'request',
      action: 'bulk-read',
      subject: 'subject',
      result: 'refused',
      details: { statements: 1e21, part: 0.1, complete: false, '': 'x' },
    });
    const first = await open().append(anAuditEvent({ store }));
    const second = await open().append(event);
    expect(second).toEqual({
      ...event,
      sequence: 2,
      previous: first.hash,
      previousExpires: now + 10 * DAY,
      hash: second.hash,
    });
    expect(await open().head(store)).toEqual({ sequence: 2, hash: second.hash });
    expect(await unbrokenChain(open(), store)).toEqual([first, second]);
  });

  it('is listed in both directions, by pages of any size', async () => {
    await append(11);
    const forth = Array.from({ length: 11 }, (_, index) => index + 1);
    for (const limit of [1, 2, 5, 10, 11, 12]) {
      expect(sequences(await allOf((page) => open().list(store, page), limit))).toEqual(forth);
      const back = await allOf((page) => open().list(store, { ...page, newestFirst: true }), limit);
      expect(sequences(back)).toEqual(forth.toReversed());
    }
  });

  it('goes on where a page has ended though records have come meanwhile', async () => {
    await append(3);
    const { items, next = '' } = await open().list(store, { limit: 2, newestFirst: true });
    await append(2);
    expect(sequences(items)).toEqual([3, 2]);
    expect(sequences((await open().list(store, { limit: 9, newestFirst: true, after: next })).items)).toEqual([1]);
  });

  it.each(['', 'x', '1', Buffer.from('1').toString('base64url'), Buffer.from('x'.repeat(16)).toString('base64url')])(
    'is not listed from a place that no page has ended with: %j',
    async (after) => {
      await expect(open().list(store, { limit: 1, after })).rejects.toMatchObject({ code: 'parameter-invalid' });
    },
  );

  it('takes up to 99 events together, next to each other, whoever else writes', async () => {
    const subjects = (of: string, count: number) =>
      Array.from({ length: count }, (_, time) => anAuditEvent({ store, time, subject: of }));
    await Promise.all([
      new AuditChain(placeOf()).appendAll(store, subjects('a', 99), []),
      new AuditChain(placeOf(anotherClient())).appendAll(store, subjects('b', 2), []),
      append(2),
    ]);
    const records = await unbrokenChain(open(), store);
    expect(records).toHaveLength(103);
    for (const [of, count] of [
      ['a', 99],
      ['b', 2],
    ] as const) {
      const first = records.findIndex(({ subject }) => subject === of);
      expect(records.slice(first, first + count)).toMatchObject(subjects(of, count));
    }
  });

  it('is not that of another store', async () => {
    await append(2);
    expect((await open().list(`${store}-b`, { limit: 10 })).items).toEqual([]);
    expect((await open().append(anAuditEvent({ store: `${store}-b` }))).sequence).toBe(1);
  });

  it('shows where a record was changed in the table', async () => {
    await append(3);
    const change = new UpdateItemCommand({
      TableName: tables.names.registry,
      Key: keyAttributes(recordKey(store, 2)),
      UpdateExpression: 'SET #value = :value',
      ExpressionAttributeNames: { '#value': 'value' },
      ExpressionAttributeValues: { ':value': { S: JSON.stringify({ ...anAuditEvent({ store }), sequence: 2 }) } },
    });
    await tables.sdk.send(change);
    const { items } = await open().list(store, { limit: 10 });
    expect(verifyChain(items, { now }).broken).toEqual({ sequence: 2, fault: 'changed' });
  });
});

describe('records past their retention', () => {
  it('are gone, however long DynamoDB keeps them, and the chain goes on', async () => {
    await append(1);
    now += 5 * DAY;
    await append(2);
    now += 5 * DAY - 1;
    expect(await oldest()).toEqual([1]);
    now += 1;
    expect(await oldest()).toEqual([2]);
    const { items } = await open().list(store, { limit: 10, newestFirst: true });
    expect(sequences(items)).toEqual([3, 2]);
    expect(verifyChain(items.toReversed(), { now }).broken).toBeUndefined();
    expect(verifyChain(items.slice(0, 1), { now }).broken).toEqual({ sequence: 2, fault: 'missing' });
    now += 5 * DAY;
    expect(await open().list(store, { limit: 10 })).toEqual({ items: [] });
    expect(await open().head(store)).toMatchObject({ sequence: 3 });
    expect(await open().append(anAuditEvent({ store }))).toMatchObject({ sequence: 4 });
    expect(await oldest()).toEqual([4]);
  });

  it('go in their order, also after the retention was shortened or a clock was ahead', async () => {
    await append(1, open(tables.client, 10));
    await append(1, open(tables.client, 1));
    now -= DAY;
    await append(1, open(tables.client, 10));
    now += 3 * DAY;
    expect(sequences(await allOf((page) => open().list(store, page), 10))).toEqual([1, 2, 3]);
    now += 8 * DAY;
    expect(await oldest()).toEqual([]);
  });
});

describe('many writers', () => {
  it('leave one unbroken chain with a record of each', { timeout: 30_000 }, async () => {
    const clients = [tables.client, anotherClient()];
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      const log = open(clients[writer % 2]);
      for (let time = 0; time < 10; time += 1) await log.append(anAuditEvent({ store, time, subject: `${writer}` }));
    });
    await Promise.all(writers);
    const records = await unbrokenChain(open(), store);
    expect(records).toHaveLength(80);
    expect(new Set(records.map(({ subject, time }) => `${subject} ${time}`)).size).toBe(80);
  });

  it('give up when others are always faster, and have written nothing', async () => {
    let attempts = 0;
    const rival = open();
    const overtaken = interceptedClient(tables.endpoint, async ({ name }, send) => {
      if (name === 'TransactWriteItems') {
        attempts += 1;
        await rival.append(anAuditEvent({ store, subject: 'rival' }));
      }
      return send();
    });
    await expect(open(overtaken).append(anAuditEvent({ store }))).rejects.toMatchObject({ code: 'overloaded' });
    const records = await unbrokenChain(open(), store);
    expect(records.map(({ subject }) => subject)).toEqual(Array.from({ length: attempts }, () => 'rival'));
    expect(attempts).toBeGreaterThan(5);
  }, 30_000);

  it('add one record when an answer is lost and the request is sent again', async () => {
    const client = forgetfulClient(tables.endpoint, 'TransactWriteItems');
    expect(await open(client).append(anAuditEvent({ store }))).toMatchObject({ sequence: 1 });
    expect(await unbrokenChain(open(), store)).toHaveLength(1);
  });
});
