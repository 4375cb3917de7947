import { describe, expect, it } from 'vitest';
import { isSecret } from '#storage/credential-secret.ts';
import { type AdminAnswer, type AdminFunction, startAdmin } from '#test/support/admin-function.ts';
import { basic } from '#test/support/gateway-events.ts';

const DAY = 24 * 60 * 60_000;

function create(admin: AdminFunction, body: object = {}, as = 'operator'): Promise<AdminAnswer> {
  return admin.send('POST', '/credentials', { as, body: { scopes: ['all'], ...body } });
}

describe('a new credential', () => {
  it('has a secret that is shown once, an authority of its own, and lets in', async () => {
    const admin = await startAdmin();
    const { status, headers, body } = await create(admin, { label: 'LMS' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      label: 'LMS',
      store: 'default',
      createdBy: 'operator',
      disabled: false,
      secrets: [{}],
    });
    expect(body.key).toMatch(/^[0-9a-f]{32}$/u);
    expect(body.secret).toMatch(/^[\w-]{43}$/u);
    expect(body.authority.account).toEqual({ homePage: 'https://lrs.example.com', name: body.key });
    expect(headers['Location']).toBe(`/admin/v1/credentials/${body.key}`);
    const authorization = basic(body.key, body.secret);
    expect((await admin.send('GET', '/whoami', { headers: { authorization } })).body).toMatchObject({
      kind: 'credential',
      key: body.key,
      scopes: ['all'],
      isOperator: false,
    });
    const got = await admin.send('GET', `/credentials/${body.key}`);
    expect(got.body).not.toHaveProperty('secret');
    expect(JSON.stringify(got.body)).not.toMatch(/linkSecret|salt|Hash/u);
  });

  it('can be given everything but its secret', async () => {
    const admin = await startAdmin();
    const authority = { objectType: 'Agent', name: 'LMS', mbox: 'mailto:lms@example.com' };
    const sent = {
      key: 'lms@example.com',
      label: 'The LMS',
      scopes: ['admin', 'state', 'state'],
      authority,
      expires: '2099-01-01T00:00:00Z',
      origins: ['https://lms.example.com'],
      requestLimits: { perSecond: 5, perDay: 100 },
    };
    const { body } = await create(admin, sent);
    expect(body).toMatchObject({ ...sent, scopes: ['state', 'admin'], expires: '2099-01-01T00:00:00.000Z' });
  });

  it('belongs to the store that the operator names, which has to be there', async () => {
    const admin = await startAdmin();
    const body = { scopes: ['all'] };
    const acme = await admin.send('POST', '/credentials', { query: { store: 'acme' }, body });
    expect(acme.body.store).toBe('acme');
    expect((await admin.send('POST', '/credentials', { query: { store: 'nowhere' }, body })).status).toBe(404);
  });

  it.each([
    ['an unknown member', { scopes: ['all'], secret: 'mine' }, '$.secret'],
    ['no scopes', { scopes: [] }, '$.scopes'],
    ['an unknown scope', { scopes: ['root'] }, '$.scopes[0]'],
    ['the reserved key', { scopes: ['all'], key: 'token' }, '$.key'],
    ['a key that paths do not hold', { scopes: ['all'], key: 'a/b' }, '$.key'],
    ['an authority without identifier', { scopes: ['all'], authority: { name: 'Nobody' } }, '$.authority'],
    ['a group as authority', { scopes: ['all'], authority: { objectType: 'Group' } }, '$.authority.objectType'],
    ['an end in the past', { scopes: ['all'], expires: '2020-01-01T00:00:00Z' }, '$.expires'],
    ['an end that is no time', { scopes: ['all'], expires: 'soon' }, '$.expires'],
    ['an origin with a path', { scopes: ['all'], origins: ['https://example.com/a'] }, '$.origins[0]'],
    ['no limit at all', { scopes: ['all'], requestLimits: { perSecond: 0, perDay: 1 } }, '$.requestLimits.perSecond'],
    ['an empty label', { scopes: ['all'], label: '' }, '$.label'],
  ])('is refused with %s', async (_, body, path) => {
    const admin = await startAdmin();
    expect(await admin.send('POST', '/credentials', { body })).toMatchObject({
      status: 400,
      body: { code: 'body-invalid', path },
    });
  });

  it('has a key that only the operator may choose, so that nobody else learns which are taken', async () => {
    const admin = await startAdmin();
    const answers = await Promise.all(
      ['operator', 'acme-content', 'nobody'].map((key) => create(admin, { key }, 'acme-admin')),
    );
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    for (const { status, body } of answers) expect([status, body]).toEqual([403, answers[0]?.body]);
    expect((await create(admin, {}, 'acme-admin')).body.key).toMatch(/^[0-9a-f]{32}$/u);
  });

  it('cannot take the key of another, of whatever store', async () => {
    const admin = await startAdmin();
    for (const key of ['operator', 'acme-content']) {
      expect(await create(admin, { key })).toMatchObject({ status: 409, body: { code: 'resource-exists' } });
    }
  });
});

describe('the credentials of a store', () => {
  it('are listed in pages, with the day of their last use', async () => {
    const admin = await startAdmin();
    const query = { store: 'acme', limit: '1' };
    const first = await admin.send('GET', '/credentials', { query });
    expect(first.body.items).toMatchObject([{ key: 'acme-admin' }]);
    const second = await admin.send('GET', '/credentials', { query: { ...query, after: first.body.next } });
    expect(second.body.items).toMatchObject([{ key: 'acme-content' }]);
  });

  it.each([{ limit: '0' }, { limit: '201' }, { limit: 'all' }, { after: '' }, { after: '*' }, { order: 'ascending' }])(
    'are not listed with %j',
    async (query) => {
      const admin = await startAdmin();
      const { status, body } = await admin.send('GET', '/credentials', { query });
      expect([status, body.code]).toEqual([400, expect.stringMatching(/^parameter-/u)]);
    },
  );

  it('are for administrators of that store only, who cannot tell others from what does not exist', async () => {
    const admin = await startAdmin();
    const as = 'acme-admin';
    expect((await admin.send('GET', '/credentials', { as })).body.items).toHaveLength(2);
    expect((await admin.send('GET', '/credentials', { as, query: { store: 'default' } })).status).toBe(404);
    const requests = [
      ['GET', '', undefined],
      ['PATCH', '', { disabled: true }],
      ['DELETE', '', undefined],
      ['POST', '/rotate', undefined],
      ['POST', '/revoke-tokens', undefined],
    ] as const;
    for (const [method, action, body] of requests) {
      const request = { as, ...(body && { body }) };
      const other = await admin.send(method, `/credentials/operator${action}`, request);
      const none = await admin.send(method, `/credentials/nobody${action}`, request);
      expect(other.status).toBe(404);
      expect({ ...other.body, received: '' }).toEqual({ ...none.body, received: '' });
    }
    expect(await create(admin, {}, 'acme-content')).toMatchObject({ status: 403 });
    expect((await create(admin, { scopes: ['admin'] }, as)).body).toMatchObject({ store: 'acme', scopes: ['admin'] });
  });
});

describe('a change of a credential', () => {
  it('leaves what is absent, and takes away what is null', async () => {
    const admin = await startAdmin();
    const { key } = (await create(admin, { expires: '2099-01-01T00:00:00Z', origins: ['https://a.example'] })).body;
    const changes = { label: 'Renamed', expires: null, scopes: ['state'], requestLimits: { perSecond: 1, perDay: 2 } };
    const { body } = await admin.send('PATCH', `/credentials/${key}`, { body: changes });
    expect(body).toMatchObject({ label: 'Renamed', scopes: ['state'], origins: ['https://a.example'], revision: 2 });
    expect(body).not.toHaveProperty('expires');
    const { items } = await admin.auditLog.list('default', { limit: 10 });
    expect(items.at(-1)).toMatchObject({
      action: 'credential-changed',
      subject: key,
      details: { scopes: 'state', expires: 'never', label: 'changed', perSecond: 1, perDay: 2 },
    });
    expect(JSON.stringify(items)).not.toContain('Renamed');
  });

  it('leaves the origins and the limits in the audit', async () => {
    const admin = await startAdmin();
    const path = '/credentials/acme-content';
    const origins = ['https://a.example', 'https://b.example'];
    await admin.send('PATCH', path, { body: { origins, disabled: true } });
    await admin.send('PATCH', path, { body: { origins: null, requestLimits: null } });
    const { items } = await admin.auditLog.list('acme', { limit: 10 });
    expect(items.flatMap(({ action, details }) => (action === 'credential-changed' ? [details] : []))).toEqual([
      { origins: 'https://a.example https://b.example', disabled: true },
      { origins: 'all', requestLimits: 'default' },
    ]);
  });

  it.each([{}, { authority: { mbox: 'mailto:a@example.com' } }, { store: 'acme' }, { secrets: [] }, { scopes: null }])(
    'cannot be %j',
    async (body) => {
      const admin = await startAdmin();
      const answer = await admin.send('PATCH', '/credentials/acme-content', { body });
      expect(answer).toMatchObject({ status: 400, body: { code: 'body-invalid' } });
    },
  );

  it('is made to the revision in If-Match only', async () => {
    const admin = await startAdmin();
    const { body, headers } = await create(admin);
    const { key } = body;
    const first = String(headers['ETag']);
    const change = (tag: string): Promise<AdminAnswer> =>
      admin.send('PATCH', `/credentials/${key}`, { headers: { 'if-match': tag }, body: { disabled: true } });
    expect(first).toMatch(/^"1-[0-9a-f]{16}"$/u);
    expect(await change('"7"')).toMatchObject({ status: 412, body: { code: 'precondition-failed', expected: first } });
    const second = first.replace('1', '2');
    expect(await change(`W/${first}`)).toMatchObject({ status: 200, headers: { ETag: second } });
    expect((await admin.send('GET', `/credentials/${key}`)).headers['ETag']).toBe(second);
    expect((await change(first)).status).toBe(412);
    expect((await change('*')).status).toBe(200);
  });
});

describe('a credential', () => {
  it.each([
    ['DELETE', undefined],
    ['PATCH', { disabled: true }],
    ['PATCH', { scopes: ['all'] }],
    ['PATCH', { expires: '2099-01-01T00:00:00Z' }],
  ] as const)('does not lock itself out by %s %j', async (method, body) => {
    const admin = await startAdmin();
    const request = { ...(body && { body }) };
    expect(await admin.send(method, '/credentials/operator', request)).toMatchObject({
      status: 409,
      body: { code: 'credential-in-use' },
    });
    expect((await admin.send('GET', '/whoami')).body.isOperator).toBe(true);
  });

  it('is gone once it is deleted', async () => {
    const admin = await startAdmin();
    const { key } = (await create(admin)).body;
    expect(await admin.send('DELETE', `/credentials/${key}`)).toMatchObject({ status: 204, body: undefined });
    expect((await admin.send('GET', `/credentials/${key}`)).status).toBe(404);
    expect((await admin.send('DELETE', `/credentials/${key}`)).status).toBe(404);
  });
});

describe('rotation', () => {
  it('gives a new secret, and lets the old one end after the overlap', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z');
    const admin = await startAdmin({ now: () => now });
    const { key, secret } = (await create(admin)).body;
    const rotated = await admin.send('POST', `/credentials/${key}/rotate`, { body: { overlapMinutes: 60 } });
    expect(rotated.body).toMatchObject({ revision: 2, secrets: [{}, { expires: '2030-01-01T01:00:00.000Z' }] });
    const again = await admin.send('POST', `/credentials/${key}/rotate`);
    expect(again.body.secrets).toEqual([{}, { expires: '2030-01-02T00:00:00.000Z' }]);
    const proofs = (await admin.registry.get(key))?.secrets ?? [];
    const taken = [again.body.secret, rotated.body.secret, secret].map((one) =>
      proofs.some((proof) => isSecret(one, proof)),
    );
    expect(taken).toEqual([true, true, false]);
    now += DAY;
    const only = await admin.send('POST', `/credentials/${key}/rotate`, { body: { overlapMinutes: 0 } });
    expect(only.body.secrets).toEqual([{}]);
  });

  it.each([{ overlapMinutes: 10_081 }, { overlapMinutes: -1 }, { overlapMinutes: 1.5 }, { secret: 'mine' }])(
    'is refused with %j',
    async (body) => {
      const admin = await startAdmin();
      expect((await admin.send('POST', '/credentials/acme-content/rotate', { body })).status).toBe(400);
    },
  );
});

describe('revocation of tokens', () => {
  it('is of all that were issued until now, or of one until it expires', async () => {
    const now = Date.parse('2030-01-01T00:00:00Z');
    const admin = await startAdmin({ now: () => now });
    const revoke = (body: object): Promise<AdminAnswer> =>
      admin.send('POST', '/credentials/acme-content/revoke-tokens', { body });
    const one = await revoke({ tokenId: 'one', expires: '2030-01-01T01:00:00Z' });
    expect(one.body).toMatchObject({ revokedTokens: 1 });
    expect((await revoke({ tokenId: 'one', expires: '2040-01-01T00:00:00Z' })).body.revokedTokens).toBe(1);
    expect((await admin.registry.get('acme-content'))?.revokedTokens).toEqual([{ id: 'one', expires: now + DAY }]);
    const all = await revoke({});
    expect(all.body).toMatchObject({ revokedTokens: 0, tokensNotBefore: '2030-01-01T00:00:00.000Z' });
    expect(await revoke({ expires: '2030-01-01T01:00:00Z' })).toMatchObject({
      status: 400,
      body: { path: '$.tokenId' },
    });
    const { items } = await admin.auditLog.list('acme', { limit: 10 });
    expect(items.slice(1)).toMatchObject([
      { action: 'tokens-revoked', subject: 'acme-content', details: { tokenId: 'one' } },
      { details: { tokenId: 'one' } },
      { details: { tokens: 'all' } },
    ]);
  });

  it('of one lasts as long as any token may live when nobody says how long that one does', async () => {
    const now = Date.parse('2030-01-01T00:00:00Z');
    const admin = await startAdmin({ now: () => now });
    const revoked = await admin.send('POST', '/credentials/acme-content/revoke-tokens', { body: { tokenId: 'two' } });
    expect(revoked).toMatchObject({ status: 200, body: { revokedTokens: 1 } });
    expect((await admin.registry.get('acme-content'))?.revokedTokens).toEqual([{ id: 'two', expires: now + DAY }]);
  });

  it('forgets those that have expired, so that there is room for others', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z');
    const admin = await startAdmin({ now: () => now });
    const revoke = (tokenId: string, expires: string): Promise<AdminAnswer> =>
      admin.send('POST', '/credentials/acme-content/revoke-tokens', { body: { tokenId, expires } });
    await revoke('one', '2030-01-01T01:00:00Z');
    await revoke('two', '2030-01-01T02:00:00Z');
    now = Date.parse('2030-01-01T01:00:00Z');
    expect((await revoke('three', '2030-01-01T03:00:00Z')).body.revokedTokens).toBe(2);
    expect((await admin.registry.get('acme-content'))?.revokedTokens.map(({ id }) => id)).toEqual(['two', 'three']);
  });
});
