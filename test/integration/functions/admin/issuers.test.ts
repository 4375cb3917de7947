import { describe, expect, it } from 'vitest';
import { startAdmin } from '#test/support/admin-function.ts';

const ISSUER = { id: 'okta', issuer: 'https://acme.okta.example', audiences: ['lrs'], scopes: ['all'], store: 'acme' };

describe('issuers', () => {
  it('are made, listed, got, replaced and deleted by the operator', async () => {
    const admin = await startAdmin();
    const made = await admin.send('POST', '/issuers', { body: ISSUER });
    expect(made).toMatchObject({ status: 201, headers: { Location: '/admin/v1/issuers/okta' }, body: ISSUER });
    expect(made.body).toMatchObject({ disabled: false, revision: 1, createdBy: 'operator' });
    expect(made.body).not.toHaveProperty('linkSecret');
    expect((await admin.send('GET', '/issuers')).body).toEqual({ items: [made.body] });
    const mapped = {
      issuer: ISSUER.issuer,
      audiences: ['lrs', 'other'],
      jwksUri: 'https://acme.okta.example/keys',
      scopes: { claim: ['realm_access', 'roles'], values: { admins: ['admin'], staff: ['all/read'] } },
      store: { claim: 'tenant', values: { one: 'acme', two: 'default' } },
    };
    const tag = String(made.headers['ETag']);
    const replaced = await admin.send('PUT', '/issuers/okta', { headers: { 'if-match': tag }, body: mapped });
    expect(replaced).toMatchObject({ status: 200, body: { ...mapped, id: 'okta', revision: 2 } });
    expect((await admin.send('GET', '/issuers/okta')).body).toEqual(replaced.body);
    expect((await admin.registry.issuerNamed(ISSUER.issuer))?.scopes).toEqual(mapped.scopes);
    expect((await admin.send('DELETE', '/issuers/okta', { headers: { 'if-match': tag } })).status).toBe(412);
    expect((await admin.send('DELETE', '/issuers/okta')).status).toBe(204);
    expect((await admin.send('GET', '/issuers/okta')).status).toBe(404);
    const { items } = await admin.auditLog.list('default', { limit: 10 });
    expect(items.map(({ action }) => action)).toEqual(['issuer-created', 'issuer-changed', 'issuer-deleted']);
  });

  it('are told apart by id and by name', async () => {
    const admin = await startAdmin();
    await admin.send('POST', '/issuers', { body: ISSUER });
    expect((await admin.send('POST', '/issuers', { body: { ...ISSUER, id: 'other' } })).status).toBe(409);
    const other = { ...ISSUER, issuer: 'https://other.example' };
    expect((await admin.send('POST', '/issuers', { body: other })).status).toBe(409);
    const { id: _, ...settings } = other;
    expect(await admin.send('PUT', '/issuers/okta', { body: settings })).toMatchObject({
      status: 400,
      body: { path: '$.issuer' },
    });
  });

  it.each([
    ['plain http', { issuer: 'http://acme.okta.example' }, '$.issuer'],
    ['plain http to this machine', { issuer: 'http://127.0.0.1:8080' }, '$.issuer'],
    ['keys by plain http', { jwksUri: 'http://acme.okta.example/keys' }, '$.jwksUri'],
    ['a user in the URL', { issuer: 'https://me:secret@acme.okta.example' }, '$.issuer'],
    ['no URL', { issuer: 'okta' }, '$.issuer'],
    ['no audience', { audiences: [] }, '$.audiences'],
    ['a store that is not there', { store: 'nowhere' }, '$.store'],
    ['a claim for a store that is not there', { store: { claim: 'c', values: { a: 'nowhere' } } }, '$.store.values.a'],
    ['a scope that is not there', { scopes: { claim: 'c', values: { a: ['root'] } } }, '$.scopes.values.a[0]'],
    ['scopes that are a text', { scopes: 'all' }, '$.scopes'],
    ['a claim path that leads nowhere', { scopes: { claim: [] } }, '$.scopes.claim'],
  ])('are refused with %s', async (_, wrong, path) => {
    const admin = await startAdmin();
    expect(await admin.send('POST', '/issuers', { body: { ...ISSUER, ...wrong } })).toMatchObject({
      status: 400,
      body: { code: 'body-invalid', path },
    });
  });
});
