import { describe, expect, it } from 'vitest';
import { verifyChain, verifyEnd } from '#access/verify-chain.ts';
import { startAdmin } from '#test/support/admin-function.ts';

describe('the audit', () => {
  it('is read in pages, of which the first leaves a record itself, and can be verified', async () => {
    const admin = await startAdmin();
    await admin.send('POST', '/credentials', { query: { store: 'acme' }, body: { key: 'one', scopes: ['all'] } });
    await admin.send('DELETE', '/credentials/one');
    const first = await admin.send('GET', '/audit', { as: 'acme-admin', query: { limit: '3' } });
    const rest = await admin.send('GET', '/audit', { as: 'acme-admin', query: { limit: '3', after: first.body.next } });
    const records = [...first.body.items, ...rest.body.items];
    expect(records.map(({ action, principal }) => [action, principal])).toEqual([
      ['store-created', undefined],
      ['credential-created', 'operator'],
      ['credential-deleted', 'operator'],
      ['audit-read', 'acme-admin'],
    ]);
    const noted = (await admin.send('GET', '/audit/head', { as: 'acme-admin' })).body;
    expect(noted).toMatchObject({ sequence: 4, hash: records[3].hash });
    expect(verifyEnd(verifyChain(records, { noted, now: Date.now() }))).toBeUndefined();
    const newest = await admin.send('GET', '/audit', { query: { store: 'acme', order: 'descending', limit: '2' } });
    expect(newest.body.items).toMatchObject([
      { sequence: 5, principal: 'operator', action: 'audit-read' },
      { sequence: 4 },
    ]);
  });

  it('goes on from no place but one that this LRS gave, to the same principal for the same query', async () => {
    const admin = await startAdmin();
    await admin.send('POST', '/credentials', { query: { store: 'acme' }, body: { key: 'one', scopes: ['all'] } });
    await admin.send('GET', '/audit', { as: 'acme-admin' });
    const { items: before } = await admin.auditLog.list('acme', { limit: 100 });
    const bare = (await admin.auditLog.list('acme', { limit: 1 })).next ?? '';
    const { next } = (await admin.send('GET', '/audit', { as: 'acme-admin', query: { limit: '1' } })).body;
    const [after, recorded, code] = String(next).split('.');
    const others = [
      { query: { after: bare } },
      { query: { after: `${bare}.${recorded}.` } },
      { query: { after: `${bare}.${recorded}.${'A'.repeat(22)}` } },
      { query: { after: `${after}.${Number(recorded) + 1}.${code}` } },
      { query: { after: next, order: 'descending' } },
      { as: 'operator', query: { after: next, store: 'acme' } },
    ];
    for (const request of others) {
      const refused = await admin.send('GET', '/audit', { as: 'acme-admin', ...request });
      expect(refused).toMatchObject({ status: 400, body: { code: 'parameter-invalid', path: 'after' } });
    }
    expect((await admin.auditLog.list('acme', { limit: 100 })).items).toHaveLength(before.length + 1);
  });

  it('is read anew, with another record, by who goes on after an hour', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z');
    const admin = await startAdmin({ now: () => now });
    await admin.send('PATCH', '/stores/acme', { body: { name: 'Other' } });
    const page = async (after: string): Promise<string> =>
      (await admin.send('GET', '/audit', { as: 'acme-admin', query: { limit: '1', ...(after && { after }) } })).body
        .next;
    const readings = async (): Promise<number> => {
      const { items } = await admin.auditLog.list('acme', { limit: 100 });
      return items.filter(({ action }) => action === 'audit-read').length;
    };
    const first = await page('');
    now += 60 * 60_000 - 1;
    const second = await page(first);
    expect(await readings()).toBe(1);
    now += 1;
    await page(second);
    expect(await readings()).toBe(2);
  });

  it('has a head before its first record', async () => {
    const admin = await startAdmin();
    expect((await admin.send('GET', '/audit/head')).body).toEqual({ sequence: 0, hash: '0'.repeat(64) });
  });

  it('of another store is for the operator only', async () => {
    const admin = await startAdmin();
    for (const path of ['/audit', '/audit/head']) {
      const request = { as: 'acme-admin', query: { store: 'default' } };
      expect((await admin.send('GET', path, request)).status).toBe(404);
      expect((await admin.send('GET', path, { as: 'acme-content' })).status).toBe(403);
      expect((await admin.send('GET', path, { query: { store: 'nowhere' } })).status).toBe(404);
    }
    expect((await admin.auditLog.list('default', { limit: 10 })).items).toEqual([]);
  });

  it.each([{ order: 'newest' }, { limit: '-1' }, { after: 'x' }])('is not read with %j', async (query) => {
    const admin = await startAdmin();
    expect(await admin.send('GET', '/audit', { query })).toMatchObject({
      status: 400,
      body: { code: 'parameter-invalid' },
    });
  });
});

describe('signing keys', () => {
  it('are rotated by the operator, with a record', async () => {
    const admin = await startAdmin();
    expect((await admin.send('GET', '/signing-keys')).body).toEqual({ revision: 0, keys: [] });
    await admin.send('POST', '/tokens', { body: {} });
    const rotated = await admin.send('POST', '/signing-keys/rotate');
    expect(rotated.body).toMatchObject({ revision: 2, keys: [{}, { retires: expect.any(String) }] });
    expect((await admin.send('GET', '/signing-keys')).body).toEqual(rotated.body);
    const leaked = await admin.send('POST', '/signing-keys/rotate', { body: { compromised: true } });
    expect(leaked.body.keys).toHaveLength(1);
    const { items } = await admin.auditLog.list('default', { limit: 10 });
    expect(items).toMatchObject([
      { action: 'signing-keys-rotated', details: { automatic: true } },
      { action: 'signing-keys-rotated', subject: rotated.body.keys[0].kid, details: { compromised: false } },
      { details: { compromised: true } },
    ]);
    expect(JSON.stringify([rotated.body, items])).not.toContain('"d"');
  });
});
