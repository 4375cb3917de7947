import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { forgetfulClient, interceptedClient } from '#test/support/faulty-client.ts';
import { someClaims } from '#test/support/tokens.ts';

const EXPIRES = 900_000;

let tables: FreshTables;
let tickets: TicketStore;

beforeAll(async () => {
  tables = await freshTables();
  tickets = new DynamoDbTicketStore(tables.client, tables.names.registry, randomUUID);
});

/** @returns the hash of a new ticket. */
async function aTicket(): Promise<string> {
  const hash = randomUUID();
  await tickets.put({ hash, claims: someClaims({ limits: { verbs: ['http://example.com/v'] } }), expires: EXPIRES });
  return hash;
}

describe('DynamoDbTicketStore', () => {
  it('gives the claims once', async () => {
    const hash = await aTicket();
    expect(await tickets.redeem(hash, 0)).toEqual(someClaims({ limits: { verbs: ['http://example.com/v'] } }));
    expect(await tickets.redeem(hash, 0)).toBe('redeemed');
    expect(await tickets.redeem(hash, EXPIRES)).toBe('redeemed');
  });

  it('does not know other tickets, which stay unknown', async () => {
    expect(await tickets.redeem('unknown', 0)).toBe('unknown');
    expect(await tickets.redeem('unknown', 0)).toBe('unknown');
  });

  it('looks for a ticket without writing, whether it is there or not', async () => {
    const hash = await aTicket();
    await tickets.redeem(hash, 0);
    const asked: string[] = [];
    const client = interceptedClient(tables.endpoint, ({ name }, send) => {
      asked.push(name);
      return send();
    });
    const watched = new DynamoDbTicketStore(client, tables.names.registry, randomUUID);
    expect(await watched.find('unknown', 0)).toBe('unknown');
    expect(await watched.find(hash, 0)).toBe('redeemed');
    expect(asked).toEqual(['GetItem', 'GetItem']);
  });

  it('gives nothing from when the ticket expires', async () => {
    const hash = await aTicket();
    expect(await tickets.redeem(hash, EXPIRES)).toBe('expired');
    expect(await tickets.redeem(hash, EXPIRES + 1_000_000)).toBe('expired');
    expect(await tickets.redeem(hash, EXPIRES - 1)).toMatchObject({ id: 'token-1' });
  });

  it('gives the claims to one of 50 that redeem at once', async () => {
    const hash = await aTicket();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => tickets.redeem(hash, 0)));
    expect(outcomes.filter((outcome) => outcome !== 'redeemed')).toHaveLength(1);
  });

  it('gives them to who redeemed when the SDK sends that twice, because the first answer is lost', async () => {
    const hash = await aTicket();
    const client = forgetfulClient(tables.endpoint, 'UpdateItem');
    const lossy = new DynamoDbTicketStore(client, tables.names.registry, randomUUID);
    expect(await lossy.redeem(hash, 0)).toMatchObject({ id: 'token-1' });
    expect(await lossy.redeem(hash, 0)).toBe('redeemed');
  });

  it('finds what a ticket gives, and leaves it as it is', async () => {
    const hash = await aTicket();
    for (const _ of ['found', 'found again']) expect(await tickets.find(hash, 0)).toMatchObject({ id: 'token-1' });
    expect(await tickets.find(hash, EXPIRES)).toBe('expired');
    await tickets.redeem(hash, 0);
    expect(await tickets.find(hash, 0)).toBe('redeemed');
    expect(await tickets.find('unknown', 0)).toBe('unknown');
  });

  it('has the table forget a ticket an hour after it expired', async () => {
    const hash = await aTicket();
    const Key = { pk: { S: `*|ticket|${hash}` }, sk: { S: 'ticket' } };
    const { Item } = await tables.sdk.send(new GetItemCommand({ TableName: tables.names.registry, Key }));
    expect(Item?.['ttl']).toEqual({ N: '4500' });
  });
});
