import { describe, expect, it } from 'vitest';
import type { Scope } from '#access/scope.ts';
import { redeemTicket } from '#tokens/tickets.ts';
import { type AdminAnswer, type AdminFunction, startAdmin } from '#test/support/admin-function.ts';

const ACTOR = { objectType: 'Agent', mbox: 'mailto:Ann@Example.com' };

function mint(admin: AdminFunction, body: object, as = 'acme-content'): Promise<AdminAnswer> {
  return admin.send('POST', '/tokens', { as, body });
}

async function credential(admin: AdminFunction, scopes: readonly Scope[]): Promise<string> {
  const { key, secret } = (await admin.send('POST', '/credentials', { body: { scopes } })).body;
  return `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;
}

describe('a minted token', () => {
  it('lets in with the scopes and limits that were asked for', async () => {
    const admin = await startAdmin();
    const limits = {
      actor: ACTOR,
      registration: '1D527164-AD81-4C5A-B1D5-D2B8F0A4A3C5',
      activity: 'https://example.com/course',
      verbs: ['http://adlnet.gov/expapi/verbs/completed'],
    };
    const { status, body } = await mint(admin, { scopes: ['state', 'statements/write'], limits, minutes: 5 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ scopes: ['statements/write', 'state'] });
    const authorization = `Bearer ${body.token}`;
    expect((await admin.send('GET', '/whoami', { headers: { authorization } })).body).toMatchObject({
      kind: 'token',
      key: 'acme-content',
      store: 'acme',
      scopes: ['statements/write', 'state'],
      limits: { ...limits, actor: 'mbox|mailto:Ann@example.com', registration: limits.registration.toLowerCase() },
      isOperator: false,
    });
  });

  it('has by default what content needs for a learner', async () => {
    const admin = await startAdmin();
    expect((await mint(admin, {})).body.scopes).toEqual(['statements/write', 'statements/read/mine', 'state']);
    expect((await mint(admin, { limits: { actor: ACTOR } })).body.scopes).toContain('profile');
    const authorization = await credential(admin, ['state', 'define']);
    expect((await admin.send('POST', '/tokens', { headers: { authorization }, body: {} })).body.scopes).toEqual([
      'state',
    ]);
  });

  it('never has more than its credential, nor `admin`', async () => {
    const admin = await startAdmin();
    const authorization = await credential(admin, ['statements/read']);
    const send = (body: object): Promise<AdminAnswer> =>
      admin.send('POST', '/tokens', { headers: { authorization }, body });
    expect((await send({ scopes: ['statements/read/mine'] })).status).toBe(201);
    expect(await send({ scopes: ['all/read'] })).toMatchObject({ status: 403, body: { path: '$.scopes' } });
    expect((await send({})).body.scopes).toEqual(['statements/read/mine']);
    const definer = { authorization: await credential(admin, ['define']) };
    expect((await admin.send('POST', '/tokens', { headers: definer, body: {} })).status).toBe(403);
    expect(await mint(admin, { scopes: ['admin'] }, 'operator')).toMatchObject({ status: 400 });
  });

  it('ends with its credential', async () => {
    const admin = await startAdmin();
    const expires = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 60_000).toISOString();
    await admin.send('PATCH', '/credentials/acme-content', { body: { expires } });
    expect((await mint(admin, { minutes: 1_440 })).body.expires).toBe(expires);
  });

  it('is given once by its fetch URL', async () => {
    const admin = await startAdmin();
    const { body } = await mint(admin, { limits: { actor: ACTOR }, fetch: true });
    expect(body.fetchUrl).toBe(`https://lrs.example.com${body.fetchPath}`);
    const ticket = String(body.fetchPath).split('/').at(-1) ?? '';
    const deps = { tickets: admin.tickets, signer: admin.signer, now: Date.now };
    expect(await redeemTicket(deps, ticket)).toMatchObject({
      claims: { id: body.tokenId, credential: 'acme-content' },
    });
    expect(await redeemTicket(deps, ticket)).toBe('redeemed');
  });

  it('mints and manages nothing itself', async () => {
    const admin = await startAdmin();
    const { body } = await mint(admin, {}, 'operator');
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await admin.send('POST', '/tokens', { headers, body: {} })).status).toBe(403);
    expect((await admin.send('GET', '/credentials', { headers })).status).toBe(403);
  });

  it.each([
    ['an actor without identifier', { limits: { actor: { name: 'Ann' } } }, '$.limits.actor'],
    [
      'a group',
      { limits: { actor: { objectType: 'Group', mbox: 'mailto:g@example.com' } } },
      '$.limits.actor.objectType',
    ],
    ['no limit in limits', { limits: {} }, '$.limits'],
    ['an unknown limit', { limits: { statement: 'one' } }, '$.limits.statement'],
    ['too many minutes', { minutes: 1_441 }, '$.minutes'],
    ['no minutes', { minutes: 0 }, '$.minutes'],
  ])('is refused with %s', async (_, body, path) => {
    const admin = await startAdmin();
    expect(await mint(admin, body)).toMatchObject({ status: 400, body: { code: 'body-invalid', path } });
  });

  it('is counted for the audit, and what is refused is not', async () => {
    const admin = await startAdmin();
    await mint(admin, {});
    await mint(admin, { minutes: 0 });
    expect(admin.counted).toEqual([
      { store: 'acme', action: 'tokens-issued', principal: 'acme-content', counts: { events: 1 } },
    ]);
  });

  it('is nowhere in the log', async () => {
    const admin = await startAdmin();
    const { body } = await mint(admin, { fetch: true, limits: { actor: ACTOR } });
    const text = admin.log.join('\n');
    for (const secret of [body.token, body.fetchPath, 'Ann']) expect(text).not.toContain(secret);
  });
});
