import { describe, expect, it } from 'vitest';
import { type AdminAnswer, type AdminFunction, startAdmin } from '#test/support/admin-function.ts';

const BODY = { scopes: ['all'], label: 'Once' };

function createWith(admin: AdminFunction, key: string, body: object = BODY): Promise<AdminAnswer> {
  return admin.send('POST', '/credentials', { headers: { 'idempotency-key': key }, body });
}

function many<Value>(count: number, make: () => Promise<Value>): Promise<readonly Value[]> {
  return Promise.all(Array.from({ length: count }, make));
}

function statusesOf(answers: readonly AdminAnswer[]): readonly number[] {
  return answers.map(({ status }) => status).toSorted((one, other) => one - other);
}

async function credentialsOf(admin: AdminFunction): Promise<readonly { readonly label: string }[]> {
  return (await admin.send('GET', '/credentials')).body.items;
}

async function tagOf(admin: AdminFunction, key: string): Promise<string> {
  return String((await admin.send('GET', `/credentials/${key}`)).headers['ETag']);
}

describe('an Idempotency-Key', () => {
  it('makes a request that is sent again get the same answer, without the secret', async () => {
    const admin = await startAdmin();
    const first = await createWith(admin, 'a key');
    const again = await createWith(admin, 'a key');
    const { secret, ...rest } = first.body;
    expect(secret).toMatch(/^[\w-]{43}$/u);
    expect(first.headers).not.toHaveProperty('Idempotent-Replayed');
    expect(again).toMatchObject({
      status: 201,
      headers: {
        'Idempotent-Replayed': 'true',
        ETag: first.headers['ETag'],
        Location: `/admin/v1/credentials/${rest.key}`,
      },
    });
    expect(again.body).toEqual(rest);
  });

  it('is refused with another request', async () => {
    const admin = await startAdmin();
    await createWith(admin, 'a key');
    const other = { status: 422, body: { code: 'idempotency-key-reused' } };
    expect(await createWith(admin, 'a key', { ...BODY, label: 'Other' })).toMatchObject(other);
    const headers = { 'idempotency-key': 'a key' };
    expect(await admin.send('POST', '/stores', { headers, body: { id: 'b', name: 'B' } })).toMatchObject(other);
  });

  it('belongs to who sends it', async () => {
    const admin = await startAdmin();
    await createWith(admin, 'a key');
    const headers = { 'idempotency-key': 'a key' };
    const { body } = await admin.send('POST', '/credentials', { as: 'acme-admin', headers, body: BODY });
    expect(body).toMatchObject({ store: 'acme', secret: expect.any(String) });
  });

  it('is not used up by a request that is refused', async () => {
    const admin = await startAdmin();
    expect((await createWith(admin, 'a key', { ...BODY, key: 'operator' })).status).toBe(409);
    expect((await createWith(admin, 'a key')).status).toBe(201);
  });

  it.each(['', 'é', 'a'.repeat(129), 'a\tb'])('cannot be %j', async (key) => {
    const admin = await startAdmin();
    expect(await createWith(admin, key)).toMatchObject({
      status: 400,
      body: { code: 'header-invalid', path: 'Idempotency-Key' },
    });
  });

  it('lets exactly one of many equal requests at the same moment make something', async () => {
    const admin = await startAdmin();
    const answers = await many(20, () => createWith(admin, 'a key'));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(answers.filter(({ body }) => 'secret' in body)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.key)).size).toBe(1);
    expect((await credentialsOf(admin)).filter(({ label }) => label === 'Once')).toHaveLength(1);
  });

  it('holds where the first of two equal requests makes the second impossible', async () => {
    const admin = await startAdmin();
    const headers = { 'idempotency-key': 'a key', 'if-match': await tagOf(admin, 'acme-content') };
    const answers = await many(20, () => admin.send('POST', '/credentials/acme-content/rotate', { headers }));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers.filter(({ body }) => 'secret' in body)).toHaveLength(1);
  });
});

describe('races', () => {
  it('for one revision are won by exactly one', async () => {
    const admin = await startAdmin();
    const headers = { 'if-match': await tagOf(admin, 'acme-content') };
    const answers = await many(20, () => admin.send('POST', '/credentials/acme-content/rotate', { headers }));
    expect(statusesOf(answers)).toEqual([200, ...Array(19).fill(412)]);
    const { body } = await admin.send('GET', '/credentials/acme-content');
    expect(body).toMatchObject({ revision: 2, secrets: [{}, {}] });
  });

  it('without a revision lose no change that was acknowledged', async () => {
    const admin = await startAdmin();
    const answers = await many(10, () => admin.send('POST', '/credentials/acme-content/rotate'));
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.filter(({ body, status }) => status !== 200 && body.code !== 'resource-changed')).toEqual([]);
    expect((await admin.registry.get('acme-content'))?.revision).toBe(1 + done.length);
    const { items } = await admin.auditLog.list('acme', { limit: 100 });
    expect(items.filter(({ action }) => action === 'credential-rotated')).toHaveLength(done.length);
  });

  it('for one id are won by exactly one', async () => {
    const admin = await startAdmin();
    const answers = await many(10, () => admin.send('POST', '/stores', { body: { id: 'beta', name: 'Beta' } }));
    expect(statusesOf(answers)).toEqual([201, ...Array(9).fill(409)]);
  });
});

describe('errors', () => {
  it('are problem details', async () => {
    const admin = await startAdmin();
    const { status, headers, body } = await admin.send('GET', '/credentials/nobody');
    expect(status).toBe(404);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'X-Request-Id': 'request-1' });
    expect(headers).not.toHaveProperty('X-Experience-API-Version');
    expect(body).toEqual({
      type: 'urn:serverless-lrs:error:resource-not-found',
      title: 'Resource not found',
      status: 404,
      detail: 'There is no such credential.',
      code: 'resource-not-found',
      received: '"nobody"',
      requestId: 'request-1',
    });
  });

  it.each([
    ['without a credential', 'GET', '/stores', { headers: { authorization: undefined } }, 401, 'not-authenticated'],
    ['with a wrong secret', 'GET', '/stores', { as: 'nobody' }, 401, 'not-authenticated'],
    ['of a path that is none', 'GET', '/nothing', {}, 404, 'resource-not-found'],
    ['of a path with a slash at its end', 'GET', '/stores/', {}, 404, 'resource-not-found'],
    ['of a method that is none', 'DELETE', '/stores', {}, 405, 'method-not-allowed'],
    ['of a body that is no JSON', 'POST', '/stores', { body: '{' }, 400, 'body-invalid'],
    ['of a body that is no object', 'POST', '/stores', { body: '[]' }, 400, 'body-invalid'],
    [
      'of a body with a member twice',
      'POST',
      '/stores',
      { body: '{"id":"d","id":"e","name":"D"}' },
      400,
      'body-invalid',
    ],
    ['of no body', 'POST', '/stores', { headers: { 'content-type': 'application/json' } }, 400, 'body-invalid'],
    [
      'of another type',
      'POST',
      '/stores',
      { body: 'a=1', headers: { 'content-type': 'text/plain' } },
      400,
      'content-type-unsupported',
    ],
    ['of a body that is too large', 'POST', '/stores', { body: ' '.repeat(20_000) }, 413, 'request-too-large'],
    ['of a parameter that is none', 'GET', '/whoami', { query: { a: '1' } }, 400, 'parameter-unknown'],
    [
      'of an If-Match without a tag',
      'DELETE',
      '/credentials/acme-content',
      { headers: { 'if-match': '' } },
      400,
      'header-invalid',
    ],
  ] as const)('%s have their status', async (_, method, path, request, status, code) => {
    const admin = await startAdmin();
    expect(await admin.send(method, path, request)).toMatchObject({ status, body: { status, code } });
  });

  it('tell how to get in, and what may be done', async () => {
    const admin = await startAdmin();
    const refused = await admin.send('GET', '/stores', { headers: { authorization: undefined } });
    expect(refused.headers['WWW-Authenticate']).toMatch(/Basic/u);
    const { body } = await admin.send('POST', '/tokens', { as: 'acme-content', body: {} });
    for (const path of ['/stores', '/issuers']) {
      const limited = await admin.send('GET', path, { headers: { authorization: `Bearer ${body.token}` } });
      const told = 'Bearer realm="xAPI", error="insufficient_scope", scope="admin"';
      expect(limited).toMatchObject({ status: 403, headers: { 'WWW-Authenticate': told } });
    }
    expect((await admin.send('DELETE', '/stores')).headers).toMatchObject({ Allow: 'GET, POST, HEAD, OPTIONS' });
  });
});

describe('a preflight request', () => {
  it('is answered for every path that there is', async () => {
    const admin = await startAdmin();
    const { statusCode, headers } = await admin.sendTo('/admin/v1/credentials/any', { method: 'OPTIONS' });
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'Access-Control-Allow-Methods': 'GET, PATCH, DELETE, HEAD, OPTIONS',
      'Access-Control-Allow-Headers': expect.stringMatching(/Idempotency-Key.*If-Match/u),
      'Access-Control-Expose-Headers': expect.stringContaining('ETag'),
    });
  });
});

describe('the description', () => {
  it('is there for everybody', async () => {
    const admin = await startAdmin();
    const { status, body } = await admin.send('GET', '/openapi.json', { headers: { authorization: undefined } });
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
  });
});

describe("where a domain of one's own leads to the LRS below a path", () => {
  const publicUrl = 'https://lrs.example.com/learning';

  it.each(['/learning', ''])(
    'requests are understood with %j in front, and what is made is told by its path',
    async (front) => {
      const admin = await startAdmin({ publicUrl });
      const body = { id: 'beta', name: 'Beta' };
      const made = await admin.sendTo(`${front}/admin/v1/stores`, { method: 'POST', body });
      expect(made).toMatchObject({ statusCode: 201, headers: { Location: '/learning/admin/v1/stores/beta' } });
      const preflight = await admin.sendTo(`${front}/admin/v1/stores/beta`, { method: 'OPTIONS' });
      expect(preflight.statusCode).toBe(204);
      const { body: described } = await admin.send('GET', '/openapi.json');
      expect(described.servers).toEqual([{ url: `${publicUrl}/admin/v1` }]);
    },
  );

  it('nothing else may be in front', async () => {
    const admin = await startAdmin({ publicUrl });
    for (const front of ['/other', '/learning/learning', '/learning/other', '/Learning', '//learning', '/learn']) {
      const { statusCode } = await admin.sendTo(`${front}/admin/v1/whoami`, { method: 'GET' });
      expect([front, statusCode]).toEqual([front, 404]);
    }
    const unmapped = await startAdmin();
    expect((await unmapped.sendTo('/learning/admin/v1/whoami', { method: 'GET' })).statusCode).toBe(404);
  });
});
