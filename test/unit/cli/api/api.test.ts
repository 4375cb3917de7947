import { describe, expect, it } from 'vitest';
import { createApi } from '#cli/api/api.ts';
import { readEndpoint } from '#cli/profiles/endpoint.ts';
import type { Connection } from '#cli/profiles/connection.ts';
import { answering, aShell, json } from '#test/support/cli-shell.ts';

const CONNECTION: Connection = {
  endpoint: readEndpoint('--endpoint', 'https://lrs.example.com/xapi'),
  key: 'a-key',
  secret: 'ä:secret',
  source: 'the profile prod',
};

const CREATE = { method: 'POST', path: ['stores'], body: { id: 'acme' } } as const;
const WHOAMI = { method: 'GET', path: ['whoami'] } as const;

function problem(status: number, members: object = {}, headers: Readonly<Record<string, string>> = {}) {
  const body = {
    type: 'urn:x',
    title: 'Title',
    status,
    detail: 'It is wrong.',
    code: 'body-invalid',
    requestId: 'r-1',
  };
  return json({ ...body, ...members }, status, headers);
}

function failing(code: string): () => Response {
  return () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(`reason ${code}`), { code }) });
  };
}

function anApi(...replies: readonly (() => Response)[]) {
  const { sent, fetch } = answering(...replies);
  const shell = aShell({ fetch });
  return { api: createApi(shell, CONNECTION), sent, shell };
}

describe('a request', () => {
  it('goes to the API beside the endpoint, with the credential', async () => {
    const { api, sent } = anApi(json({ key: 'a-key' }));
    expect(await api.send(WHOAMI)).toEqual({ key: 'a-key' });
    expect(sent[0]).toMatchObject({ method: 'GET', url: 'https://lrs.example.com/admin/v1/whoami', body: undefined });
    expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${Buffer.from('a-key:ä:secret').toString('base64')}`);
    expect(sent[0]?.headers.has('idempotency-key')).toBe(false);
  });

  it('has names in its path encoded', async () => {
    const { api, sent } = anApi(json({}));
    await api.send({ method: 'GET', path: ['credentials', 'a/b?c#d%'], query: { store: 'a&b', after: undefined } });
    expect(sent[0]?.url).toBe('https://lrs.example.com/admin/v1/credentials/a%2Fb%3Fc%23d%25?store=a%26b');
  });

  it.each(['', '.', '..'])('is not sent for the name %j, which would be another path', async (name) => {
    const { api, sent } = anApi(json({}));
    await expect(api.send({ method: 'DELETE', path: ['credentials', name] })).rejects.toMatchObject({ exitCode: 2 });
    expect(sent).toEqual([]);
  });

  it('need not be answered with a body', async () => {
    const { api } = anApi(() => new Response(null, { status: 204 }));
    expect(await api.send({ method: 'DELETE', path: ['credentials', 'k'] })).toEqual({});
  });
});

describe('a request that fails for now', () => {
  it('is sent again with the same key, so that it is carried out once', async () => {
    const { api, sent, shell } = anApi(
      failing('ECONNRESET'),
      problem(503, {}, { 'Retry-After': '7' }),
      json({ id: 'acme' }),
    );
    expect(await api.send(CREATE)).toEqual({ id: 'acme' });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['an-id', 'an-id', 'an-id']);
    expect(sent.map(({ body }) => body)).toEqual([CREATE.body, CREATE.body, CREATE.body]);
    expect(shell.pauses).toEqual([500, 7_000]);
  });

  it('is sent four times at most', async () => {
    const { api, sent, shell } = anApi(problem(503));
    await expect(api.send(WHOAMI)).rejects.toThrow('It is wrong.');
    expect(sent).toHaveLength(4);
    expect(shell.pauses).toEqual([500, 1_000, 2_000]);
  });

  it('is not sent again when that would take too long', async () => {
    const { api, sent } = anApi(problem(429, { detail: 'Too many.' }, { 'Retry-After': '3600' }));
    await expect(api.send(WHOAMI)).rejects.toThrow(/^Too many\.\nTry again in 1 hour\.\nRequest id: r-1$/u);
    expect(sent).toHaveLength(1);
  });

  it('is not sent again when it was refused', async () => {
    const { api, sent } = anApi(problem(400));
    await expect(api.send(WHOAMI)).rejects.toThrow('It is wrong.');
    expect(sent).toHaveLength(1);
  });
});

describe('a refusal', () => {
  it('is told with place, expectation and request id', async () => {
    const { api } = anApi(problem(400, { path: '$.id', expected: 'an id', received: '"A"' }));
    await expect(api.send(CREATE)).rejects.toMatchObject({
      exitCode: 1,
      message: 'It is wrong. (at $.id; expected an id; received "A")\nRequest id: r-1',
    });
  });

  it('says nothing twice', async () => {
    const detail = '$.id must be an id.';
    const { api } = anApi(problem(400, { detail, path: '$.id', expected: 'an id', received: '"A"' }));
    await expect(api.send(CREATE)).rejects.toThrow(/^\$\.id must be an id\. \(received "A"\)\nRequest id: r-1$/u);
  });

  it('of a credential says whose it is, and not the secret', async () => {
    const { api } = anApi(problem(401, { detail: 'Who is it?' }));
    const message = await api.send(WHOAMI).catch(String);
    expect(message).toContain('The key a-key of the profile prod was sent to https://lrs.example.com/xapi.');
    expect(message).not.toContain('secret');
  });

  it.each([
    [() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }), 'no management API at'],
    [json({ message: 'Not Found' }, 404), 'no management API at'],
    [json({ code: 'resource-not-found', message: 'There is no resource at this path.' }, 404), 'leave out a base path'],
    [json([]), 'no management API at'],
    [() => new Response('', { status: 301, headers: { Location: 'https://other.example' } }), 'leads elsewhere'],
    [() => new Response('oops', { status: 500 }), 'cannot answer for now (status 500)'],
  ])('by somebody else is told as such', async (reply, message) => {
    const { api } = anApi(reply);
    await expect(api.send(WHOAMI)).rejects.toMatchObject({ exitCode: 1, message: expect.stringContaining(message) });
  });
});

describe('no answer', () => {
  it.each([
    ['ECONNREFUSED', 'Nothing listens on lrs.example.com: is the endpoint right?'],
    ['ENOTFOUND', 'There is no host lrs.example.com'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
    ['EPROTO', 'should the endpoint begin with http://?'],
    ['EACCES', 'lrs.example.com cannot be reached: reason EACCES'],
  ])('because of %s is explained, and not waited for', async (code, message) => {
    const { api, sent } = anApi(failing(code));
    await expect(api.send(WHOAMI)).rejects.toThrow(message);
    expect(sent).toHaveLength(1);
  });

  it('in time is explained', async () => {
    const { api } = anApi(() => {
      throw new DOMException('timed out', 'TimeoutError');
    });
    await expect(api.send(WHOAMI)).rejects.toThrow('has not answered in time');
  });

  it('on this machine asks for npm start', async () => {
    const { fetch } = answering(failing('ECONNREFUSED'));
    const endpoint = readEndpoint('--endpoint', 'http://127.0.0.1:8080');
    const api = createApi(aShell({ fetch }), { ...CONNECTION, endpoint });
    await expect(api.send(WHOAMI)).rejects.toThrow('Nothing listens on 127.0.0.1:8080: is npm start running');
  });
});

describe('a list', () => {
  const pages = [json({ items: [{ id: 'a' }, { id: 'b' }], next: 'b' }), json({ items: [{ id: 'c' }] })];

  it('has the items of all pages', async () => {
    const { api, sent } = anApi(...pages);
    expect(await Array.fromAsync(api.list(['stores'], { store: 'x' }))).toEqual([
      { id: 'a' },
      { id: 'b' },
      { id: 'c' },
    ]);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?store=x&limit=200', '?store=x&limit=200&after=b']);
  });

  it('has as many as are wanted', async () => {
    const { api, sent } = anApi(...pages);
    expect(await Array.fromAsync(api.list(['stores'], {}, 2))).toHaveLength(2);
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?limit=2']);
  });

  it('has to be one', async () => {
    const { api } = anApi(json({}));
    await expect(Array.fromAsync(api.list(['stores']))).rejects.toThrow('answered without a list');
  });
});
