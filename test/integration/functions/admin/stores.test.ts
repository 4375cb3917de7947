import { describe, expect, it } from 'vitest';
import { startAdmin } from '#test/support/admin-function.ts';

describe('stores', () => {
  it('are made, listed in pages, got and changed by the operator', async () => {
    const admin = await startAdmin();
    const made = await admin.send('POST', '/stores', {
      body: { id: 'beta', name: 'Beta', settings: { defaultVersion: '1.0.3', attachmentLimit: 1_000 } },
    });
    expect(made).toMatchObject({
      status: 201,
      headers: { ETag: '"1"', Location: '/admin/v1/stores/beta' },
      body: { id: 'beta', createdBy: 'operator', revision: 1 },
    });
    const first = await admin.send('GET', '/stores', { query: { limit: '2' } });
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual(['acme', 'beta']);
    const rest = await admin.send('GET', '/stores', { query: { limit: '2', after: first.body.next } });
    expect(rest.body).toMatchObject({ items: [{ id: 'default' }] });
    expect(rest.body).not.toHaveProperty('next');
    const changes = { name: 'Gamma', settings: { defaultVersion: null } };
    const changed = await admin.send('PATCH', '/stores/beta', { body: changes });
    expect(changed.body).toMatchObject({ name: 'Gamma', settings: { attachmentLimit: 1_000 }, revision: 2 });
    expect(changed.body.settings).not.toHaveProperty('defaultVersion');
    expect((await admin.send('GET', '/stores/beta')).body).toEqual(changed.body);
  });

  it('include the default store, which can be changed though nobody made it', async () => {
    const admin = await startAdmin();
    const body = { settings: { defaultVersion: '2.0.0' } };
    expect((await admin.send('PATCH', '/stores/default', { body })).body).toMatchObject({
      id: 'default',
      settings: { defaultVersion: '2.0.0' },
      revision: 1,
    });
  });

  it('are not made twice', async () => {
    const admin = await startAdmin();
    expect(await admin.send('POST', '/stores', { body: { id: 'acme', name: 'Other' } })).toMatchObject({
      status: 409,
      body: { code: 'resource-exists' },
    });
    expect((await admin.send('GET', '/stores/acme')).body.name).toBe('Acme');
  });

  it('leave records in their own chains', async () => {
    const admin = await startAdmin();
    await admin.send('POST', '/stores', { body: { id: 'beta', name: 'Beta' } });
    await admin.send('PATCH', '/stores/beta', { body: { name: 'Gamma' } });
    const { items } = await admin.auditLog.list('beta', { limit: 10 });
    expect(items).toMatchObject([
      { action: 'store-created', principal: 'operator', source: '127.0.0.1', requestId: 'request-1', subject: 'beta' },
      { action: 'store-changed', details: { changed: 'name' } },
    ]);
  });
});

describe('an administrator of another store', () => {
  it('sees its own store only, and cannot tell others from what does not exist', async () => {
    const admin = await startAdmin();
    const as = 'acme-admin';
    expect((await admin.send('GET', '/stores', { as })).body.items).toMatchObject([{ id: 'acme' }]);
    expect((await admin.send('GET', '/stores/acme', { as })).status).toBe(200);
    const other = await admin.send('GET', '/stores/default', { as });
    const none = await admin.send('GET', '/stores/nowhere', { as });
    expect(other.status).toBe(404);
    expect({ ...other.body, received: '' }).toEqual({ ...none.body, received: '' });
  });

  it.each([
    ['POST', '/stores', { id: 'mine', name: 'Mine' }],
    ['PATCH', '/stores/acme', { name: 'Mine' }],
    ['GET', '/issuers', undefined],
    ['GET', '/signing-keys', undefined],
    ['POST', '/signing-keys/rotate', undefined],
  ])('may not %s %s', async (method, path, body) => {
    const admin = await startAdmin();
    expect(await admin.send(method, path, { as: 'acme-admin', ...(body && { body }) })).toMatchObject({
      status: 403,
      body: { code: 'not-permitted' },
    });
  });
});
