import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { numberOf, textOf } from '#storage/dynamodb/attributes.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';

let tables: FreshTables;
let counter: DynamoDbUsageCounter;

beforeAll(async () => {
  tables = await freshTables();
  counter = new DynamoDbUsageCounter(tables.client, tables.names.registry);
});

async function itemOf(principal: string): Promise<{ day: string; count: number; ttl: string | undefined }> {
  const Key = { pk: { S: `default|usage|${principal}` }, sk: { S: 'usage' } };
  const { Item = {} } = await tables.sdk.send(new GetItemCommand({ TableName: tables.names.registry, Key }));
  return { day: textOf(Item, 'day'), count: numberOf(Item, 'count'), ttl: Item['ttl']?.N };
}

describe('the count of requests', () => {
  it('is the sum of what was added on a day', async () => {
    const subject = { store: 'default', principal: 'sum', day: '2026-03-01' };
    expect(await counter.add(subject, 3)).toBe(3);
    expect(await counter.add(subject, 4)).toBe(7);
    expect(await itemOf('sum')).toEqual({ day: '2026-03-01', count: 7, ttl: undefined });
  });

  it('begins anew on another day', async () => {
    const subject = { store: 'default', principal: 'days' };
    await counter.add({ ...subject, day: '2026-03-01' }, 3);
    expect(await counter.add({ ...subject, day: '2026-03-02' }, 2)).toBe(2);
  });

  it('takes nothing of a day that is over', async () => {
    const subject = { store: 'default', principal: 'late' };
    await counter.add({ ...subject, day: '2026-03-02' }, 3);
    expect(await counter.add({ ...subject, day: '2026-03-01' }, 5)).toBeUndefined();
    expect(await itemOf('late')).toMatchObject({ day: '2026-03-02', count: 3 });
  });

  it('does not stay with a day that a wrong clock has begun', async () => {
    const subject = { store: 'default', principal: 'ahead' };
    await counter.add({ ...subject, day: '2026-03-30' }, 3);
    expect(await counter.add({ ...subject, day: '2026-02-28' }, 5)).toBe(5);
    expect(await counter.add({ ...subject, day: '2026-02-28' }, 1)).toBe(6);
    expect(await itemOf('ahead')).toMatchObject({ day: '2026-02-28', count: 6 });
  });

  it('is another for the same key in another store', async () => {
    const subject = { principal: 'same', day: '2026-03-01' };
    await counter.add({ ...subject, store: 'a' }, 3);
    expect(await counter.add({ ...subject, store: 'b' }, 1)).toBe(1);
  });

  it('may be forgotten when its subject says so', async () => {
    await counter.add({ store: 'default', principal: 'gone', day: '2026-03-01', expires: 1_800_000_000 }, 1);
    expect(await itemOf('gone')).toMatchObject({ ttl: '1800000000' });
  });

  it('loses nothing and counts nothing twice when many begin the same day at once', async () => {
    const subject = { store: 'default', principal: 'race' };
    await counter.add({ ...subject, day: '2026-03-01' }, 9);
    const writers = Array.from({ length: 40 }, (_, index) => index + 1);
    const totals = await Promise.all(writers.map((count) => counter.add({ ...subject, day: '2026-03-02' }, count)));
    expect(await itemOf('race')).toMatchObject({ day: '2026-03-02', count: 820 });
    expect(Math.max(...totals.map((total) => total ?? 0))).toBe(820);
    expect(new Set(totals).size).toBe(40);
  });
});
