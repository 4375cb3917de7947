import { beforeAll, describe, expect, it } from 'vitest';
import type { Job, LakeBackfillTask } from '#access/job.ts';
import { createHandler } from '#functions/jobs/handler.ts';
import { compactPartition } from '#lake/compaction/compact-partition.ts';
import { startAdmin } from '#test/support/admin-function.ts';
import { jobNow, type JobsWorld, jobsWorld } from '#test/support/jobs.ts';
import { compactionOn, lakeWriterOn } from '#test/support/lake.ts';
import { idsOfStore } from '#test/support/lake-readers.ts';
import { mortalDeps } from '#test/support/mortal-worker.ts';
import { seededRandom } from '#test/support/random.ts';
import { aVoiding, drafts, uuidOf } from '#test/support/statement-drafts.ts';
import { walk } from '#test/support/statement-walk.ts';

const SEEDS = 20;
const DEATHS = 60;
/** Milliseconds: longer than a worker has a job. */
const LATER = 130_000;

let offset = 0;
const now = (): number => Date.now() + offset;
let world: JobsWorld;

function backfill(overrides: Partial<LakeBackfillTask> = {}): LakeBackfillTask {
  return { kind: 'lake-backfill', until: now(), rate: 10_000, ...overrides };
}

function idsInLake(store: string): Promise<readonly unknown[]> {
  return idsOfStore(world.deps.objects, store);
}

beforeAll(async () => {
  const { store, ...rest } = await jobsWorld({ now });
  const statements = { consistentThrough: now, get: store.get.bind(store), query: store.query.bind(store) };
  world = { ...rest, store, deps: { ...rest.deps, statements } };
});

describe('a backfill', () => {
  it('brings all statements into the lake, once, and no voided one', async () => {
    await world.store.store('one', drafts(120, 0));
    await world.store.store('one', [aVoiding(uuidOf(1_000), uuidOf(7))]);
    for (let time = 0; time < 2; time += 1) {
      const job = await world.make(backfill(), 'one');
      expect(await createHandler(world.deps)({ store: job.store, job: job.id })).toBe('done');
      expect(await jobNow(world.deps, job)).toMatchObject({ state: 'done', progress: { statements: 120, parts: 0 } });
      expect(await idsInLake('one')).toEqual(await walk(world.store, { store: 'one', ascending: true }));
    }
  });

  it('takes out what was voided and nobody has told the lake of', async () => {
    await world.store.store('lost', drafts(5, 0));
    await world.make(backfill(), 'lost').then((job) => createHandler(world.deps)({ store: job.store, job: job.id }));
    await world.store.store('lost', [aVoiding(uuidOf(1_000), uuidOf(2))]);
    const job = await world.make(backfill(), 'lost');
    await createHandler(world.deps)({ store: job.store, job: job.id });
    const day = new Date(job.created).toISOString().slice(0, 10);
    await compactPartition(compactionOn(world.deps.objects), { store: 'lost', day });
    expect(await idsInLake('lost')).toEqual(await walk(world.store, { store: 'lost', ascending: true }));
  });

  it('brings those of its time only', async () => {
    await world.store.store('times', drafts(3, 0));
    await new Promise((resolve) => setTimeout(resolve, 3));
    const since = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 3));
    await world.store.store('times', drafts(2, 10));
    const job = await world.make(backfill({ since }), 'times');
    await createHandler(world.deps)({ store: job.store, job: job.id });
    expect(await idsInLake('times')).toEqual([uuidOf(10), uuidOf(11)]);
  });

  it('reads no faster than it may', async () => {
    await world.store.store('slow', drafts(50, 0));
    let slept = 0;
    const sleep = async (milliseconds: number): Promise<void> => void (slept += milliseconds);
    const job = await world.make(backfill({ rate: 10 }), 'slow');
    await createHandler({ ...world.deps, sleep })({ store: job.store, job: job.id });
    expect(slept).toBeGreaterThan(3_500);
    expect(slept).toBeLessThanOrEqual(4_000);
  });

  it('is over when there is nothing', async () => {
    const job = await world.make(backfill(), 'empty');
    expect(await createHandler(world.deps)({ store: job.store, job: job.id })).toBe('done');
  });
});

describe('a backfill whose workers die', () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index))(
    'brings each statement once, with seed %i',
    async (seed) => {
      const random = seededRandom(seed);
      const store = `mortal-${seed}`;
      await world.store.store(store, drafts(30, 0));
      const job = await world.make(backfill({ rate: 10 }), store);
      await untilDone(job, random);
      expect(await idsInLake(store)).toEqual(await walk(world.store, { store, ascending: true }));
    },
  );
});

async function untilDone(job: Job, random: () => number): Promise<void> {
  for (let deaths = 0; deaths < DEATHS; deaths += 1) {
    const last = 1 + Math.floor(random() * (10 + deaths));
    // A process that begins knows nothing of what others have written.
    const deps = { ...world.deps, lake: lakeWriterOn(world.deps.objects) };
    const mortal = mortalDeps(deps, last, random() < 0.5);
    await createHandler(mortal.deps)({ store: job.store, job: job.id }).catch(() => {});
    if ((await jobNow(world.deps, job)).state === 'done') return;
    offset += LATER;
  }
  throw new Error('All workers have died.');
}

describe('the management of the lake', () => {
  it('makes, shows, lists and cancels backfills, and says what the lake has', async () => {
    const admin = await startAdmin();
    const jobs = await jobsWorld({}, admin);
    await jobs.store.store('default', drafts(40, 0));
    const none = { store: 'default', days: 0, files: 0, rows: 0, bytes: 0, rawBytes: 0 };
    expect((await admin.send('GET', '/lake')).body).toEqual(none);
    const made = await admin.send('POST', '/lake/backfills', { body: { rate: 5_000 } });
    expect(made).toMatchObject({
      status: 201,
      headers: { Location: `/admin/v1/lake/backfills/${made.body.id}` },
      body: { state: 'queued', rate: 5_000, progress: { statements: 0 } },
    });
    expect(admin.calls).toEqual([{ store: 'default', job: made.body.id }]);
    await jobs.finish(made.body);
    const path = `/lake/backfills/${made.body.id}`;
    expect((await admin.send('GET', path)).body).toMatchObject({
      state: 'done',
      progress: { statements: 40, share: 1 },
    });
    const today = new Date().toISOString().slice(0, 10);
    expect((await admin.send('GET', '/lake')).body).toMatchObject({
      days: 1,
      first: today,
      last: today,
      files: 1,
      rows: 40,
    });
    expect((await admin.send('DELETE', path)).status).toBe(204);
    expect((await admin.send('GET', path)).body.state).toBe('done');
    const other = (await admin.send('POST', '/lake/backfills', { body: { until: '2020-01-01T00:00:00Z' } })).body;
    expect(other).toMatchObject({ until: '2020-01-01T00:00:00.000Z' });
    expect((await admin.send('DELETE', `/lake/backfills/${other.id}`)).status).toBe(204);
    expect((await jobs.finish(other)).state).toBe('cancelled');
    const { items } = (await admin.send('GET', '/lake/backfills')).body;
    expect(items.map(({ state }: { state: string }) => state).toSorted()).toEqual(['cancelled', 'done']);
    expect((await admin.send('GET', '/exports')).body.items).toEqual([]);
    const actions = (await admin.auditLog.list('default', { limit: 10 })).items.map(({ action }) => action);
    expect(actions).toEqual(['backfill-created', 'backfill-created', 'backfill-cancelled']);
  });

  it.each([
    [{ rate: 0 }, '$.rate'],
    [{ rate: 10_001 }, '$.rate'],
    [{ since: '2999-01-01T00:00:00Z' }, '$.since'],
    [{ since: '2026-01-01T00:00:00Z', until: '2025-01-01T00:00:00Z' }, '$.since'],
    [{ until: 'now' }, '$.until'],
  ])('refuses %j', async (body, path) => {
    const admin = await startAdmin();
    const refused = await admin.send('POST', '/lake/backfills', { body });
    expect(refused).toMatchObject({ status: 400, body: { code: 'body-invalid', path } });
  });
});
