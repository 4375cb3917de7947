import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import type { TicketStore } from '#storage/ticket-store.ts';
import { type FreshTables, freshTables } from '#test/support/engine.ts';
import { forgetfulClient, interceptedClient } from '#test/support/faulty-client.ts';
import { someClaims } from '#test/support/tokens.ts';
import { putTicket, redeemTicket } from '#tokens/tickets.ts';
import { XapiError } from '#xapi/errors.ts';

let tables: FreshTables;
let tickets: TicketStore;

const now = (): number => 1_000_000;
const signer = { sign: async () => 'token' };

beforeAll(async () => {
  tables = await freshTables();
  tickets = new DynamoDbTicketStore(tables.client, tables.names.registry, randomUUID);
});

describe('a ticket', () => {
  it('is good still when its token cannot be signed for a moment', async () => {
    const ticket = await putTicket({ tickets, now }, someClaims());
    const overloaded = new XapiError({ code: 'overloaded', message: 'Later.' });
    const failing = { sign: () => Promise.reject(overloaded) };
    await expect(redeemTicket({ tickets, now, signer: failing }, ticket)).rejects.toBe(overloaded);
    expect(await redeemTicket({ tickets, now, signer }, ticket)).toEqual({ token: 'token', claims: someClaims() });
    expect(await redeemTicket({ tickets, now, signer }, ticket)).toBe('redeemed');
  });

  it('gives its token though the answer to the trade was lost once', async () => {
    const client = forgetfulClient(tables.endpoint, 'UpdateItem');
    const lossy = new DynamoDbTicketStore(client, tables.names.registry, randomUUID);
    const ticket = await putTicket({ tickets, now }, someClaims());
    expect(await redeemTicket({ tickets: lossy, now, signer }, ticket)).toMatchObject({ token: 'token' });
  });

  it('costs no write, and no signature, when somebody made it up', async () => {
    const calls: string[] = [];
    const client = interceptedClient(tables.endpoint, ({ name }, send) => {
      calls.push(name);
      return send();
    });
    const watched = new DynamoDbTicketStore(client, tables.names.registry, randomUUID);
    const unsigned = { sign: () => Promise.reject(new Error('signed')) };
    expect(await redeemTicket({ tickets: watched, now, signer: unsigned }, 'A'.repeat(43))).toBe('unknown');
    expect(calls).toEqual(['GetItem']);
  });
});
