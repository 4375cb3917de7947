import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExportQuery, newJobId } from '#access/job.ts';
import type { StatementQuery } from '#storage/statement-store.ts';
import { createHandler } from '#functions/jobs/handler.ts';
import { anExport, idsOf, jobNow, type JobsWorld, jobsWorld, linesIn } from '#test/support/jobs.ts';
import { aDraft, aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { walk } from '#test/support/statement-walk.ts';
import { anActivity, anAgent, ifiOfAgent } from '#test/support/statements.ts';

const VERB = 'http://example.com/verbs/passed';

let world: JobsWorld;

beforeAll(async () => {
  world = await jobsWorld({ partBytes: 20_000 });
  await world.store.store(
    'default',
    drafts(300, 0, (index) => ({
      ...(index % 3 === 0 && { verb: { id: VERB } }),
      actor: anAgent(index % 2 === 0 ? 'ann' : 'bob', { name: 'A name' }),
      object: anActivity(`a${index % 5}`, { name: { en: 'An activity', de: 'Eine Tätigkeit' } }),
    })),
  );
  await world.store.store('default', [aVoiding(uuidOf(1_000), uuidOf(7))]);
  await world.store.store('other', drafts(5, 2_000));
});

async function found(query: ExportQuery): Promise<readonly string[]> {
  const job = await world.make(anExport(query));
  await world.finish(job);
  return idsOf(linesIn(await world.files(job)));
}

describe('an export as JSON Lines', () => {
  it('has every statement once, in files of bounded size', async () => {
    const job = await world.make(anExport());
    const done = await world.finish(job);
    const files = await world.files(job);
    expect(done).toMatchObject({ state: 'done', ended: expect.any(Number), progress: { statements: 300 } });
    expect(idsOf(linesIn(files))).toEqual(await walk(world.store));
    expect([...files.keys()]).toEqual(
      Array.from({ length: done.progress.parts }, (_, index) => `part-0000${index + 1}.jsonl.gz`),
    );
    expect(files.size).toBeGreaterThan(5);
    expect(Math.max(...[...files.values()].map((content) => gunzipSync(content).length))).toBeLessThan(20_500);
  });

  it.each([
    [{ verb: VERB }, { filters: { verb: VERB } }],
    [{ agent: anAgent('ann') }, { filters: { agent: ifiOfAgent('ann') } }],
    [
      { agent: anAgent('bob'), verb: VERB, ascending: true },
      { filters: { agent: ifiOfAgent('bob'), verb: VERB }, ascending: true },
    ],
    [{ activity: anActivity('a1').id }, { filters: { activity: anActivity('a1').id } }],
    [{ agent: anAgent('lms'), related_agents: true }, { filters: { agent: ifiOfAgent('lms'), relatedAgents: true } }],
    [{ since: '2100-01-01T00:00:00Z' }, { filters: { since: Date.parse('2100-01-01T00:00:00Z') } }],
  ])('of %j has what the query finds', async (query, asked) => {
    const job = await world.make(anExport(query));
    expect((await world.finish(job)).state).toBe('done');
    expect(idsOf(linesIn(await world.files(job)))).toEqual(await walk(world.store, asked));
  });

  it.each([1, 7, 100, 300, 1_000])('has at most %i statements, if that is the limit', async (limit) => {
    const job = await world.make(anExport({ limit }));
    await world.finish(job);
    expect(idsOf(linesIn(await world.files(job)))).toEqual((await walk(world.store)).slice(0, limit));
  });

  it('is one empty file when nothing matches', async () => {
    const job = await world.make(anExport({ verb: 'http://example.com/verbs/none' }));
    expect(await world.finish(job)).toMatchObject({ state: 'done', progress: { statements: 0, parts: 1 } });
    const files = await world.files(job);
    expect([...files.keys()]).toEqual(['part-00001.jsonl.gz']);
    expect(linesIn(files)).toEqual([]);
  });

  it('has nothing that was stored after it was asked for, however far its time goes', async () => {
    const queries: readonly ExportQuery[] = [{}, { until: '2100-01-01T00:00:00Z' }];
    const jobs = await Promise.all(queries.map((query) => world.make(anExport(query), 'other')));
    await new Promise((resolve) => setTimeout(resolve, 2));
    await world.store.store('other', [aDraft(uuidOf(3_000))]);
    for (const job of jobs) {
      await world.finish(job);
      expect(idsOf(linesIn(await world.files(job)))).toHaveLength(5);
    }
  });

  it('has one statement, voided or not', async () => {
    expect(await found({ statementId: uuidOf(8) })).toEqual([uuidOf(8)]);
    expect(await found({ statementId: uuidOf(7) })).toEqual([]);
    expect(await found({ voidedStatementId: uuidOf(7) })).toEqual([uuidOf(7)]);
    expect(await found({ statementId: uuidOf(2_000) })).toEqual([]);
  });

  it.each([
    ['ids', { actor: { mbox: expect.any(String) }, object: { id: expect.any(String) } }],
    ['canonical', { actor: { name: 'A name' }, object: { definition: { name: { de: 'Eine Tätigkeit' } } } }],
  ] as const)('has the format %s', async (format, expected) => {
    const job = await world.make(anExport({ format, limit: 2 }, { languages: 'de' }));
    await world.finish(job);
    const { actor, object } = JSON.parse(linesIn(await world.files(job))[1] ?? '');
    const { objectType: _, ...shown } = object;
    expect({ actor, object: shown }).toEqual({
      actor: expect.objectContaining(expected.actor),
      object: expect.objectContaining(expected.object),
    });
  });
});

describe('an export of few statements among many', () => {
  it('is read in pages of bounded time, of which some are empty', { timeout: 60_000 }, async () => {
    const rare = 'http://example.com/verbs/rare';
    await world.store.store('many', [aDraft(uuidOf(0), { verb: { id: rare } })]);
    for (let first = 1; first < 4_200; first += 100) await world.store.store('many', drafts(100, first));
    const pages: number[] = [];
    const statements = {
      get: world.store.get.bind(world.store),
      consistentThrough: () => world.store.consistentThrough(),
      query: async (query: StatementQuery) => {
        const page = await world.store.query(query);
        pages.push(page.statements.length);
        return page;
      },
    };
    const job = await world.make(anExport({ agent: anAgent('ann'), verb: rare }), 'many');
    expect(await createHandler({ ...world.deps, statements })({ store: 'many', job: job.id })).toBe('done');
    expect(idsOf(linesIn(await world.files(job)))).toEqual([uuidOf(0)]);
    expect(pages).toEqual([0, 0, 1]);
  });
});

describe('a worker', () => {
  it('leaves what is left to the next when its time is nearly over', async () => {
    const job = await world.make(anExport());
    const handler = createHandler(world.deps);
    let left = 65_000;
    const invocation = { getRemainingTimeInMillis: () => (left -= 10_000) };
    expect(await handler({ store: 'default', job: job.id }, invocation)).toBe('continued');
    expect(world.calls).toEqual([{ store: 'default', job: job.id }]);
    expect(await world.finish(job)).toMatchObject({ state: 'done' });
    expect(idsOf(linesIn(await world.files(job)))).toEqual(await walk(world.store));
  });

  it('does not take what another one has, nor what is done, nor what there is not', async () => {
    const job = await world.make(anExport());
    const handler = createHandler(world.deps);
    await world.deps.jobs.take(job, { worker: 'other', ends: Date.now() + 60_000 }, Date.now());
    expect(await handler({ store: 'default', job: job.id })).toBe('not-taken');
    await world.deps.jobs.release(job, 'other');
    await world.finish(job);
    expect(await handler({ store: 'default', job: job.id })).toBe('not-taken');
    const id = newJobId(Date.now(), () => Buffer.alloc(5));
    expect(await handler({ store: 'default', job: id })).toBe('not-taken');
  });

  it('is called for what is open, and for nothing else', async () => {
    const job = await world.make(anExport());
    const handler = createHandler(world.deps);
    expect(await handler({})).toEqual({ called: 1, failed: 0 });
    expect(await handler({ store: 'no store', job: '' })).toEqual({ called: 1, failed: 0 });
    expect(world.calls.splice(0)).toEqual([
      { store: 'default', job: job.id },
      { store: 'default', job: job.id },
    ]);
    await world.finish(job);
    expect(await handler({})).toEqual({ called: 0, failed: 0 });
  });

  it('tries again what fails, and gives up in the end', async () => {
    const failing = await jobsWorld({
      statements: {
        consistentThrough: Date.now,
        query: () => Promise.reject(new Error('A defect.')),
        get: () => Promise.reject(new Error('A defect.')),
      },
    });
    const job = await failing.make(anExport());
    const failed = await failing.finish(job);
    expect(failed).toMatchObject({ state: 'failed', failure: expect.stringContaining('in the log') });
    expect(failing.log.filter((line) => line.includes('A defect.'))).toHaveLength(8);
    expect(failing.log.at(-1)).toContain('"ErrorsLogged":1');
    expect(await createHandler(failing.deps)({})).toEqual({ called: 0, failed: 0 });
  });

  it('gives up what workers have died of, again and again', async () => {
    const job = await world.make(anExport());
    for (let death = 1; death <= 8; death += 1) {
      const taken = await world.deps.jobs.take(job, { worker: `dead-${death}`, ends: 0 }, Date.now());
      expect(taken?.attempts).toBe(death);
    }
    expect(await createHandler(world.deps)({ store: 'default', job: job.id })).toBe('failed');
    expect((await jobNow(world.deps, job)).failure).toContain('died');
  });

  it('stops when the job is cancelled, and deletes its files', async () => {
    const job = await world.make(anExport());
    const cancel = async (): Promise<unknown> => {
      const audit = { store: 'default', time: Date.now(), action: 'export-cancelled', result: 'done' } as const;
      return world.registry.commit({ changes: [{ kind: 'job', cancel: job, time: Date.now() }], audit });
    };
    await world.finish(job);
    expect((await world.files(job)).size).toBeGreaterThan(5);
    expect(await cancel()).toBe('done');
    expect(await cancel()).toBe('changed');
    expect(await world.finish(job)).toMatchObject({ state: 'cancelled' });
    expect(await world.files(job)).toEqual(new Map());
    expect(await createHandler(world.deps)({})).toEqual({ called: 0, failed: 0 });
    expect(await jobNow(world.deps, job)).toMatchObject({ state: 'cancelled' });
  });
});

it('an export is a valid gzip whatever is in it', async () => {
  const job = await world.make(anExport({ limit: 1 }));
  await world.finish(job);
  for (const content of (await world.files(job)).values()) expect(gunzipSync(content).at(-1)).toBe(0x0a);
});
