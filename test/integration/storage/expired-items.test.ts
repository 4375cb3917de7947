import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyAttributes } from '#storage/dynamodb/attributes.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { counterKeyOf, DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { replyKey, usageKey } from '#storage/dynamodb/registry/registry-keys.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';
import { anAuditEvent } from '#test/support/audit-records.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { someClaims } from '#test/support/tokens.ts';

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-03-01T00:00:00Z');
const EVENTS = { store: 'default', action: 'tokens-issued', principal: 'key', counts: { events: 1 } } as const;

let tables: FreshTables;

beforeAll(async () => {
  tables = await freshTables();
});

const placeAt = (time: number) => ({
  client: tables.client,
  tableName: tables.names.registry,
  retentionDays: 2,
  now: () => time,
});

const lastUsed = (key: string, time: number) => new DynamoDbRegistry(placeAt(time)).lastUsed('default', [key]);

/** The engine of the laptop deletes nothing by itself, and DynamoDB some days late. */
async function expectStillThere(key: { pk: string; sk: string }): Promise<void> {
  const { Item } = await tables.sdk.send(
    new GetItemCommand({ TableName: tables.names.registry, Key: keyAttributes(key) }),
  );
  expect(Item).toHaveProperty('ttl');
}

describe('an item that has expired and is still there counts as absent:', () => {
  it('the last use', async () => {
    const usage = new DynamoDbUsageCounter(tables.client, tables.names.registry);
    await usage.add({ store: 'default', principal: 'used', day: '2026-03-01', expires: (BEGIN + DAY) / 1_000 }, 1);
    expect(await lastUsed('used', BEGIN + DAY - 1)).toEqual(new Map([['used', '2026-03-01']]));
    expect(await lastUsed('used', BEGIN + DAY)).toEqual(new Map());
    await expectStillThere(usageKey('default', 'used'));
  });

  it('the count of an earlier day, which the next takes the place of for as long as it says', async () => {
    const usage = new DynamoDbUsageCounter(tables.client, tables.names.registry);
    const subject = { store: 'default', principal: 'counted' };
    await usage.add({ ...subject, day: '2026-03-01', expires: (BEGIN + DAY) / 1_000 }, 5);
    const expires = (BEGIN + 5 * DAY) / 1_000;
    expect(await usage.add({ ...subject, day: '2026-03-03', expires }, 2)).toBe(2);
    expect(await lastUsed('counted', BEGIN + 4 * DAY)).toEqual(new Map([['counted', '2026-03-03']]));
  });

  it('what was counted in an hour', async () => {
    const counters = new DynamoDbEventCounters(tables.client, tables.names.registry);
    const hours = ['2026-03-01T00', '2026-03-01T01'];
    for (const hour of hours) await counters.add(hour, EVENTS);
    const counted = async (time: number) => {
      const sealable = new DynamoDbSealableEvents(placeAt(time));
      const pages = await Promise.all(hours.map((hour) => sealable.list(hour, { limit: 1 })));
      return pages.flatMap(({ items }) => items.map(({ hour }) => hour));
    };
    expect(await counted(BEGIN + 8 * DAY - 1)).toEqual(hours);
    expect(await counted(BEGIN + 8 * DAY)).toEqual(['2026-03-01T01']);
    await expectStillThere(counterKeyOf('2026-03-01T00', EVENTS));
  });

  it('a remembered reply', async () => {
    const remember = {
      principal: 'somebody',
      idempotencyKey: 'a',
      fingerprint: '00',
      status: 204,
      body: '',
      expires: BEGIN + DAY,
    };
    const before = new DynamoDbRegistry(placeAt(BEGIN));
    await before.commit({ changes: [], audit: anAuditEvent({ store: 'replies' }), remember });
    expect(await before.remembered('somebody', 'a')).toEqual(remember);
    const after = new DynamoDbRegistry(placeAt(BEGIN + DAY));
    expect(await after.remembered('somebody', 'a')).toBeUndefined();
    await expectStillThere(replyKey('somebody', 'a'));
  });

  it('a record of the audit', async () => {
    await new DynamoDbAuditLog(placeAt(BEGIN)).append(anAuditEvent({ store: 'records' }));
    const recordsAt = async (time: number) =>
      (await new DynamoDbAuditLog(placeAt(time)).list('records', { limit: 10 })).items.length;
    expect([await recordsAt(BEGIN + 2 * DAY - 1), await recordsAt(BEGIN + 2 * DAY)]).toEqual([1, 0]);
  });

  it('a ticket, which gives no token any more', async () => {
    const tickets = new DynamoDbTicketStore(tables.client, tables.names.registry, () => 'attempt');
    await tickets.put({ hash: 'ticket', claims: someClaims(), expires: BEGIN });
    expect(await tickets.redeem('ticket', BEGIN + 30 * DAY)).toBe('expired');
    await expectStillThere({ pk: '*|ticket|ticket', sk: 'ticket' });
  });
});
