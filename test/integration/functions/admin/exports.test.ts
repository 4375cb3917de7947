import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type AdminFunction, startAdmin } from '#test/support/admin-function.ts';
import { idsOf, type JobsWorld, jobsWorld } from '#test/support/jobs.ts';
import { drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

const ALL = { body: {} };

/** A management API, and a worker for its jobs; in the store `default` there are 12 statements, in `acme` 3. */
async function start(): Promise<{ admin: AdminFunction; world: JobsWorld }> {
  const admin = await startAdmin();
  const world = await jobsWorld({ partBytes: 1_000 }, admin);
  await world.store.store('default', drafts(12, 0));
  await world.store.store('acme', drafts(3, 100));
  return { admin, world };
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
}

describe('an export', () => {
  it('is made, carried out, looked at, and its files are got by their links', async () => {
    const { admin, world } = await start();
    const made = await admin.send('POST', '/exports', { body: { query: { ascending: true } } });
    expect(made).toMatchObject({
      status: 201,
      headers: { Location: `/admin/v1/exports/${made.body.id}` },
      body: { store: 'default', state: 'queued', format: 'jsonl', attachments: false, createdBy: 'operator' },
    });
    const { id } = made.body;
    expect(admin.calls).toEqual([{ store: 'default', job: id }]);
    expect((await admin.send('GET', `/exports/${id}`)).body).toEqual(made.body);
    await world.finish({ store: 'default', id });
    const done = await admin.send('GET', `/exports/${id}`);
    expect(done.body).toMatchObject({ state: 'done', ended: expect.any(String), progress: { statements: 12 } });
    const { items } = (await admin.send('GET', `/exports/${id}/files`)).body;
    expect(items.length).toBe(done.body.progress.files);
    expect(items.length).toBeGreaterThan(2);
    const texts = await Promise.all(items.map(({ url }: { url: string }) => textAt(url)));
    const lines = texts.flatMap((text) => text.split('\n').slice(0, -1));
    expect(idsOf(lines)).toEqual(Array.from({ length: 12 }, (_, index) => uuidOf(index)));
    const expires = Date.parse(items[0].expires) - Date.now();
    expect(expires).toBeGreaterThan(14 * 60_000);
    expect(expires).toBeLessThanOrEqual(15 * 60_000);
  });

  it('has its files listed in pages, and only those that count', async () => {
    const { admin, world } = await start();
    const { id } = (await admin.send('POST', '/exports', ALL)).body;
    expect((await admin.send('GET', `/exports/${id}/files`)).body).toEqual({ items: [] });
    const { parts } = (await world.finish({ store: 'default', id })).progress;
    await world.deps.objects.put(`exports/default/${id}/part-09999.jsonl.gz`, Buffer.from('not saved'));
    await world.deps.objects.put(`exports/default/${id}/attachments/abc`, Buffer.from('content'));
    const names: string[] = [];
    for (let after: string | undefined; ;) {
      const query = { limit: '2', ...(after !== undefined && { after }) };
      const { items, next } = (await admin.send('GET', `/exports/${id}/files`, { query })).body;
      names.push(...items.map(({ name, kind }: { name: string; kind: string }) => `${kind} ${name}`));
      if (next === undefined) break;
      after = next;
    }
    expect(names).toEqual([
      ...Array.from({ length: parts }, (_, index) => `statements part-0000${index + 1}.jsonl.gz`),
      'attachment attachments/abc',
    ]);
    for (const after of ['x', '../part-', 'part-/../../other', 'lake/']) {
      const refused = await admin.send('GET', `/exports/${id}/files`, { query: { after } });
      expect(refused).toMatchObject({ status: 400, body: { code: 'parameter-invalid', path: 'after' } });
    }
  });

  it('is listed, the newest first, and no job of another kind', async () => {
    const { admin } = await start();
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await admin.send('POST', '/exports', ALL)).body.id);
    await admin.send('POST', '/lake/backfills', ALL);
    const first = await admin.send('GET', '/exports', { query: { limit: '2' } });
    const rest = await admin.send('GET', '/exports', { query: { limit: '2', after: first.body.next } });
    expect([...first.body.items, ...rest.body.items].map(({ id }: { id: string }) => id).toSorted()).toEqual(
      ids.toSorted(),
    );
    expect(rest.body).not.toHaveProperty('next');
  });

  it('is cancelled, which deletes its files, and stays known as that', async () => {
    const { admin, world } = await start();
    const { id } = (await admin.send('POST', '/exports', ALL)).body;
    await world.finish({ store: 'default', id });
    const { items } = (await admin.send('GET', `/exports/${id}/files`)).body;
    expect((await admin.send('DELETE', `/exports/${id}`)).status).toBe(204);
    expect((await admin.send('DELETE', `/exports/${id}`)).status).toBe(204);
    expect((await admin.send('GET', `/exports/${id}/files`)).body).toEqual({ items: [] });
    expect(admin.calls).toHaveLength(2);
    await world.finish({ store: 'default', id });
    expect((await fetch(items[0].url)).status).toBe(404);
    expect((await admin.send('GET', `/exports/${id}`)).body).toMatchObject({ state: 'cancelled' });
  });

  it('is made once by a request that is sent twice', async () => {
    const { admin } = await start();
    const request = { ...ALL, headers: { 'idempotency-key': 'once' } };
    const first = await admin.send('POST', '/exports', request);
    const second = await admin.send('POST', '/exports', request);
    expect(second).toMatchObject({
      status: 201,
      headers: { 'Idempotent-Replayed': 'true' },
      body: { id: first.body.id },
    });
    expect(admin.calls).toHaveLength(1);
    expect((await admin.send('GET', '/exports')).body.items).toHaveLength(1);
  });

  it('is made though nobody can be called to carry it out', async () => {
    const admin = await startAdmin({ jobCaller: { call: () => Promise.reject(new Error('Nobody is there.')) } });
    expect((await admin.send('POST', '/exports', ALL)).status).toBe(201);
    expect(admin.log.filter((line) => line.includes('job not called'))).toHaveLength(1);
  });

  it('leaves records in the audit, without what was filtered by', async () => {
    const { admin } = await start();
    const body = {
      query: { agent: anAgent('secret-learner'), verb: 'http://example.com/verbs/private' },
      format: 'csv',
    };
    const { id } = (await admin.send('POST', '/exports', { body })).body;
    await admin.send('GET', `/exports/${id}/files`);
    await admin.send('DELETE', `/exports/${id}`);
    const { items } = await admin.auditLog.list('default', { limit: 10 });
    expect(items).toMatchObject([
      {
        action: 'export-created',
        subject: id,
        principal: 'operator',
        details: { filters: 'agent verb', format: 'csv', attachments: false },
      },
      { action: 'export-read', subject: id },
      { action: 'export-cancelled', subject: id },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/secret-learner|private/u);
  });
});

describe('an export is refused', () => {
  it.each([
    [{ query: { agent: { name: 'Nobody' } } }, '$.query.agent'],
    [{ query: { agent: { objectType: 'Group', member: [anAgent('a')] } } }, '$.query.agent'],
    [{ query: { verb: 'passed' } }, '$.query.verb'],
    [{ query: { since: 'yesterday' } }, '$.query.since'],
    [{ query: { since: '2026-09-02T00:00:00Z', until: '2026-09-01T00:00:00Z' } }, '$.query.since'],
    [{ query: { since: '2026-09-01T00:00:00Z', until: '2026-09-01T02:00:00+02:00' } }, '$.query.since'],
    [{ query: { limit: -1 } }, '$.query.limit'],
    [{ query: { ascending: 'true' } }, '$.query.ascending'],
    [{ query: { attachments: true } }, '$.query.attachments'],
    [{ query: { statementId: uuidOf(1), verb: 'http://example.com/v' } }, '$.query.verb'],
    [{ query: { statementId: uuidOf(1), voidedStatementId: uuidOf(1) } }, '$.query.voidedStatementId'],
    [{ format: 'xlsx' }, '$.format'],
    [{ columns: ['id'] }, '$.columns'],
    [{ format: 'parquet', columns: ['id'] }, '$.columns'],
    [{ format: 'parquet', query: { format: 'ids' } }, '$.query.format'],
    [{ format: 'csv', columns: [] }, '$.columns'],
    [{ format: 'csv', columns: ['id', ''] }, '$.columns[1]'],
    [{ format: 'csv', columns: ['id', 'actor.name', 'actor["name"]'] }, '$.columns[2]'],
    [{ language: 'ä' }, '$.language'],
    [{ anything: 1 }, '$.anything'],
  ])('with %j', async (body, path) => {
    const admin = await startAdmin();
    const refused = await admin.send('POST', '/exports', { body });
    expect(refused).toMatchObject({ status: 400, body: { code: 'body-invalid', path } });
    expect(admin.calls).toEqual([]);
  });

  it('with a period that ends before it begins, and says when it ends', async () => {
    const admin = await startAdmin();
    const body = { query: { since: '2026-09-02T00:00:00Z', until: '2026-09-01T00:00:00Z' } };
    expect((await admin.send('POST', '/exports', { body })).body).toMatchObject({
      detail: '$.query.since must be before until, which is 2026-09-01T00:00:00Z.',
      expected: 'before until, which is 2026-09-01T00:00:00Z',
      received: '"2026-09-02T00:00:00Z"',
    });
  });

  it('with a column that no statement has, and says which one is near', async () => {
    const admin = await startAdmin();
    const body = { format: 'csv', columns: ['actor.name', 'result.score.scale'] };
    expect((await admin.send('POST', '/exports', { body })).body).toMatchObject({
      code: 'body-invalid',
      path: '$.columns[1]',
      detail: expect.stringContaining('No statement has result.score.scale'),
      expected: 'result.score.scaled',
      received: '"result.score.scale"',
    });
  });
});

describe('exports and backfills', () => {
  it('are as many at once as leave workers for other stores, whichever of them there are', async () => {
    const { admin, world } = await start();
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const path = count % 2 === 0 ? '/exports' : '/lake/backfills';
      const { status, body } = await admin.send('POST', path, {
        body: {},
        headers: { 'idempotency-key': `k${count}` },
      });
      expect([count, status]).toEqual([count, 201]);
      ids.push(body.id);
    }
    for (const path of ['/exports', '/lake/backfills']) {
      const refused = await admin.send('POST', path, { body: {} });
      expect(refused).toMatchObject({ status: 429, headers: { 'Retry-After': '60' } });
    }
    const again = await admin.send('POST', '/exports', { ...ALL, headers: { 'idempotency-key': 'k0' } });
    expect([again.status, again.body.id]).toEqual([201, ids[0]]);
    expect((await admin.send('POST', '/exports', { ...ALL, as: 'acme-admin' })).status).toBe(201);
    await world.finish({ store: 'default', id: ids[1] ?? '' });
    expect((await admin.send('POST', '/exports', ALL)).status).toBe(201);
    expect((await admin.send('POST', '/exports', ALL)).status).toBe(429);
  });
});

describe('of exports of another store', () => {
  it('its administrator has its own, and nothing of the statements of others', async () => {
    const { admin, world } = await start();
    const as = 'acme-admin';
    const { id, store } = (await admin.send('POST', '/exports', { ...ALL, as })).body;
    expect(store).toBe('acme');
    await world.finish({ store, id });
    const { items } = (await admin.send('GET', `/exports/${id}/files`, { as })).body;
    const texts = await Promise.all(items.map(({ url }: { url: string }) => textAt(url)));
    expect(idsOf(texts.flatMap((text) => text.split('\n').slice(0, -1))).toSorted()).toEqual(
      [100, 101, 102].map(uuidOf),
    );
  });

  it('the operator has those that it names', async () => {
    const { admin, world } = await start();
    const query = { store: 'acme' };
    const made = await admin.send('POST', '/exports', { ...ALL, query });
    expect(made.headers['Location']).toBe(`/admin/v1/exports/${made.body.id}?store=acme`);
    expect((await world.finish(made.body)).progress.statements).toBe(3);
    expect((await admin.send('GET', `/exports/${made.body.id}`, { query })).status).toBe(200);
    expect((await admin.send('GET', `/exports/${made.body.id}`)).status).toBe(404);
  });

  it('nobody else knows, nor whether there are any', async () => {
    const { admin } = await start();
    const { id } = (await admin.send('POST', '/exports', ALL)).body;
    const as = 'acme-admin';
    const asked = [
      ['POST', '/exports', ALL],
      ['GET', '/exports', {}],
      ['GET', `/exports/${id}`, {}],
      ['GET', `/exports/${id}/files`, {}],
      ['DELETE', `/exports/${id}`, {}],
      ['POST', '/lake/backfills', ALL],
      ['GET', '/lake/backfills', {}],
      ['GET', '/lake', {}],
    ] as const;
    for (const [method, path, request] of asked) {
      const foreign = await admin.send(method, path, { ...request, as, query: { store: 'default' } });
      expect([path, foreign.status, foreign.body.code]).toEqual([path, 404, 'resource-not-found']);
      const content = await admin.send(method, path, { ...request, as: 'acme-content' });
      expect([path, content.status]).toEqual([path, 403]);
    }
    for (const method of ['GET', 'DELETE']) {
      expect((await admin.send(method, `/exports/${id}`, { as })).status).toBe(404);
      expect((await admin.send(method, '/exports/no-job', { as })).status).toBe(404);
    }
    expect((await admin.send('GET', `/exports/${id}`)).body.state).toBe('queued');
  });
});

describe('CSV', () => {
  it('has the columns that are named, with what spreadsheets may open', async () => {
    const { admin, world } = await start();
    const extension = 'https://example.com/x.y';
    await world.store.store(
      'acme',
      drafts(1, 200, () => ({
        actor: anAgent('eve', { name: '=HYPERLINK("http://evil.example.com","Click")' }),
        object: anActivity('quiz', { name: { 'en-US': 'A "quiz", in two\nlines' } }),
        result: { score: { scaled: -0.5, raw: 1e3 }, response: '-1.5', extensions: { [extension]: { deep: ['@a'] } } },
        context: { contextActivities: { parent: anActivity('course') } },
      })),
    );
    const columns = [
      'actor.name',
      'object.definition.name.en-US',
      'object.definition.name',
      'result.score.scaled',
      'result.score.raw',
      'result.response',
      `result.extensions["${extension}"].deep[0]`,
      'context.contextActivities.parent[0].id',
      'context.contextActivities.parent[1].id',
      'result.success',
    ];
    const body = { format: 'csv', columns, query: { limit: 1 } };
    const { id, store } = (await admin.send('POST', '/exports', { body, query: { store: 'acme' } })).body;
    await world.finish({ store, id });
    const [[name, content] = ['', Buffer.alloc(0)]] = await world.files({ store, id });
    expect(name).toBe('part-00001.csv');
    expect(content.toString()).toBe(
      [
        columns.map((column) => (column.includes('"') ? `"${column.replaceAll('"', '""')}"` : column)).join(','),
        [
          '"\'=HYPERLINK(""http://evil.example.com"",""Click"")"',
          '"A ""quiz"", in two\nlines"',
          '"{""en-US"":""A \\""quiz\\"", in two\\nlines""}"',
          '-0.5',
          '1000',
          '-1.5',
          "'@a",
          'http://example.com/activities/course',
          '',
          '',
        ].join(','),
        '',
      ].join('\r\n'),
    );
  });

  it('has a line of names in each file, and alone when nothing matches', async () => {
    const { admin, world } = await start();
    const made = await admin.send('POST', '/exports', { body: { format: 'csv' } });
    expect(made.body.columns).toContain('actor.name');
    await world.finish(made.body);
    const files = [...(await world.files(made.body)).values()].map(String);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(file.split('\r\n')[0]).toBe(made.body.columns.join(','));
    const query = { verb: 'http://example.com/verbs/none' };
    const empty = (await admin.send('POST', '/exports', { body: { format: 'csv', columns: ['id'], query } })).body;
    await world.finish(empty);
    expect([...(await world.files(empty)).values()].map(String)).toEqual(['id\r\n']);
  });
});

it('statements of 350 KB are exported as they are', async () => {
  const { admin, world } = await start();
  const response = '=x'.repeat(175_000);
  await world.store.store(
    'acme',
    drafts(2, 300, () => ({ result: { response } })),
  );
  for (const format of ['jsonl', 'csv', 'parquet']) {
    const { id, store } = (
      await admin.send('POST', '/exports', { body: { format, query: { limit: 2 } }, as: 'acme-admin' })
    ).body;
    expect(await world.finish({ store, id })).toMatchObject({ state: 'done', progress: { statements: 2, parts: 2 } });
  }
});
