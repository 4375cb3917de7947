import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Credential } from '#access/credential.ts';
import { DynamoDbTicketStore } from '#storage/dynamodb/ticket-store.ts';
import { claimsOf } from '#tokens/token-request.ts';
import { putTicket } from '#tokens/tickets.ts';
import { type AdminAnswer, startAdmin } from '#test/support/admin-function.ts';
import { aCredential } from '#test/support/credentials.ts';
import { freshTables } from '#test/support/engine.ts';
import { basic } from '#test/support/gateway-events.ts';
import { type OAuthFunction, startOAuth } from '#test/support/oauth-function.ts';
import { ownTokens } from '#test/support/own-tokens.ts';
import { storeCredentials } from '#test/support/stored-credentials.ts';
import { lrsUnderAttack } from './lrs-under-attack.ts';

const LINK_SECRET = '01'.repeat(32);

/** Whoever gets the key of a deleted credential next, in the same store or in another. */
const SUCCESSORS: readonly (readonly [string, Partial<Credential>])[] = [
  ['of the same store', { linkSecret: LINK_SECRET }],
  ['of another store', { linkSecret: LINK_SECRET, store: 'rival' }],
  ['of another store with the same link secret', { store: 'rival' }],
];

/** The function of tokens, by which the credential `key` was let in just before. */
async function startWarmOAuth(now: () => number): Promise<{
  readonly oauth: OAuthFunction;
  readonly replace: (credential: Credential) => Promise<void>;
  readonly ask: (secret: string) => Promise<number | undefined>;
}> {
  const tables = await freshTables();
  const oauth = await startOAuth(tables, now);
  const replace = (credential: Credential): Promise<void> => storeCredentials(tables, credential);
  await replace(aCredential());
  const ask = async (secret: string): Promise<number | undefined> =>
    (await oauth.ask({ grant_type: 'client_credentials' }, { authorization: basic('key', secret) })).statusCode;
  expect(await ask('secret')).toBe(200);
  return { oauth, replace, ask };
}

describe('a key that was deleted and made again', () => {
  it.each(SUCCESSORS)('gives the old secret no token of the new credential, %s', async (_, successor) => {
    const now = Date.now();
    const { oauth, replace, ask } = await startWarmOAuth(() => now);
    await replace(aCredential({ secret: 'another', ...successor }));
    expect(await ask('secret')).toBe(401);
    // And had it the same secret: what was let in is the former one.
    await replace(aCredential(successor));
    expect(await ask('secret')).toBe(401);
    await oauth[Symbol.asyncDispose]();
  });

  it.each(SUCCESSORS)('mints nothing of the new credential for the old secret, %s', async (_, successor) => {
    const now = Date.now();
    const admin = await startAdmin({ now: () => now });
    const mint = (): Promise<AdminAnswer> => admin.send('POST', '/tokens', { as: 'key', body: {} });
    await admin.store(aCredential());
    expect((await mint()).status).toBe(201);
    await admin.store(aCredential({ secret: 'another', ...successor }));
    expect((await mint()).status).toBe(401);
    await admin.store(aCredential(successor));
    expect((await mint()).status).toBe(401);
  });

  it('gives nothing to tokens, nor to tickets, of the one before', async () => {
    const lrs = await lrsUnderAttack();
    const own = await ownTokens(lrs.tables, lrs.now);
    const token = await own.sign();
    expect(await lrs.ask(`Bearer ${token}`)).toMatchObject({ statusCode: 200 });
    const tickets = new DynamoDbTicketStore(lrs.tables.client, lrs.tables.names.registry, randomUUID);
    const request = { scopes: ['all'], minutes: 60 } as const;
    const claims = claimsOf(aCredential(), request, { id: 'token-2', now: lrs.now() });
    await putTicket({ tickets, now: lrs.now }, claims);
    await lrs.replace(aCredential({ linkSecret: LINK_SECRET }));
    lrs.pass(30_000);
    for (const former of [token, await own.sign(claims)]) {
      expect(await lrs.ask(`Bearer ${former}`)).toMatchObject({
        statusCode: 401,
        body: expect.stringContaining('revoked'),
      });
    }
  });

  it('brings no revoked token back to life', async () => {
    const lrs = await lrsUnderAttack();
    const own = await ownTokens(lrs.tables, lrs.now);
    await lrs.replace(aCredential({ revokedTokens: [{ id: 'token-1', expires: Number.MAX_SAFE_INTEGER }] }));
    await lrs.replace(aCredential({ linkSecret: LINK_SECRET }));
    expect(await lrs.ask(`Bearer ${await own.sign()}`)).toMatchObject({ statusCode: 401 });
  });

  it('gets no remembered reply of the one before, in another store or in the same', async () => {
    let now = Date.now();
    const admin = await startAdmin({ now: () => now });
    const create = (): Promise<AdminAnswer> =>
      admin.send('POST', '/credentials', {
        as: 'boss',
        headers: { 'idempotency-key': 'a key' },
        body: { scopes: ['all'] },
      });
    const boss = { key: 'boss', scopes: ['admin'], store: 'acme' } as const;
    await admin.store(aCredential(boss));
    const first = (await create()).body.key;
    for (const changes of [{ linkSecret: LINK_SECRET }, { linkSecret: LINK_SECRET, store: 'default' }]) {
      await admin.store(aCredential({ ...boss, ...changes }));
      now += 30_000;
      const answer = await create();
      expect(answer.headers).not.toHaveProperty('Idempotent-Replayed');
      expect(answer.body.key).not.toBe(first);
      expect((await create()).headers).toHaveProperty('Idempotent-Replayed');
    }
  });

  it('is changed by nobody who means the one before', async () => {
    const admin = await startAdmin();
    const made = { body: { key: 'again', scopes: ['all'] } };
    const former = await admin.send('POST', '/credentials', made);
    await admin.send('DELETE', '/credentials/again');
    const successor = await admin.send('POST', '/credentials', made);
    expect([former, successor].map(({ body }) => body.revision)).toEqual([1, 1]);
    const headers = { 'if-match': String(former.headers['ETag']) };
    for (const [method, path, body] of [
      ['PATCH', '', { disabled: true }],
      ['DELETE', '', undefined],
      ['POST', '/rotate', undefined],
      ['POST', '/revoke-tokens', undefined],
    ] as const) {
      const answer = await admin.send(method, `/credentials/again${path}`, { headers, ...(body && { body }) });
      expect(answer).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    }
    expect(await admin.registry.get('again')).toMatchObject({ disabled: false, revision: 1 });
  });
});

describe('an issuer that was deleted and made again', () => {
  it('is changed by nobody who means the one before', async () => {
    const admin = await startAdmin();
    const settings = { issuer: 'https://a.example.com', audiences: ['lrs'], scopes: ['all'], store: 'acme' };
    const make = (): Promise<AdminAnswer> => admin.send('POST', '/issuers', { body: { id: 'again', ...settings } });
    const former = await make();
    await admin.send('DELETE', '/issuers/again');
    const successor = await make();
    const change = ({ headers }: AdminAnswer): Promise<AdminAnswer> =>
      admin.send('PUT', '/issuers/again', { headers: { 'if-match': String(headers['ETag']) }, body: settings });
    expect((await change(former)).status).toBe(412);
    const changed = await change(successor);
    expect(changed.status).toBe(200);
    expect(changed.headers['ETag']).toBe((await admin.send('GET', '/issuers/again')).headers['ETag']);
  });
});
