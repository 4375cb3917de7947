import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Job, newJobId, NO_PROGRESS } from '#access/job.ts';
import { DynamoDbJobStore } from '#storage/dynamodb/jobs/job-store.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import type { JobEnd } from '#storage/job-store.ts';
import type { CommitOutcome, RegistryChange } from '#storage/registry.ts';
import { freshTables } from '#test/support/engine.ts';
import { anExport } from '#test/support/jobs.ts';
import { allOf, unbrokenChain } from '#test/support/registries.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';

const START = Date.parse('2030-01-01T00:00:00Z');
const DAY = 86_400_000;

let time: number;
let jobs: DynamoDbJobStore;
let registry: DynamoDbRegistry;
let auditLog: DynamoDbAuditLog;

beforeEach(async () => {
  time = START;
  const { client, names } = await freshTables();
  const place = { client, tableName: names.registry, retentionDays: 400, now: () => time };
  jobs = new DynamoDbJobStore(place);
  registry = new DynamoDbRegistry(place);
  auditLog = new DynamoDbAuditLog(place);
});

function commit(change: RegistryChange): Promise<CommitOutcome> {
  return registry.commit({ changes: [change], audit: { store: 'a', time, action: 'export-created', result: 'done' } });
}

async function make(overrides: Partial<Job> = {}): Promise<Job> {
  time += 1;
  const id = newJobId(time, randomBytes);
  const made = { id, store: 'a', task: anExport(), created: time, createdBy: 'key', progress: NO_PROGRESS };
  const job: Job = { ...made, state: 'queued', ...overrides };
  expect(await commit({ kind: 'job', put: job })).toBe('done');
  return job;
}

function lease(worker: string, ends = time + 1_000) {
  return { worker, ends };
}

function anEnd(overrides: Partial<JobEnd> = {}): JobEnd {
  return { from: 'running', to: 'done', progress: { ...NO_PROGRESS, statements: 7 }, ended: time, ...overrides };
}

describe('a job', () => {
  it('is kept as it was made, with a record, and is not made twice', async () => {
    const job = await make();
    expect(await jobs.get(job)).toEqual(job);
    expect(await jobs.get({ ...job, store: 'b' })).toBeUndefined();
    expect(await commit({ kind: 'job', put: job })).toBe('exists');
    expect(await unbrokenChain(auditLog, 'a')).toHaveLength(1);
  });

  it('is had by one worker at a time, until its lease is over', async () => {
    const job = await make();
    expect(await jobs.take(job, lease('one'), time)).toEqual({ job: { ...job, state: 'running' }, attempts: 1 });
    expect(await jobs.take(job, lease('two'), time + 999)).toBeUndefined();
    // The answer was lost, and the SDK has sent it again.
    expect(await jobs.take(job, lease('one'), time)).toMatchObject({ attempts: 2 });
    expect(await jobs.take(job, lease('two', time + 5_000), time + 1_000)).toMatchObject({ attempts: 3 });
    expect(await jobs.save(job, lease('one'), { ...NO_PROGRESS, parts: 1 })).toBeUndefined();
    await jobs.release(job, 'one');
    expect(await jobs.end(job, 'one', anEnd())).toBe(false);
    expect(await jobs.take(job, lease('three'), time + 1_001)).toBeUndefined();
    await jobs.release(job, 'two');
    expect(await jobs.take(job, lease('three'), time + 1_001)).toMatchObject({ attempts: 4 });
  });

  it('keeps what was done, and for longer', async () => {
    const job = await make();
    await jobs.take(job, lease('one'), time);
    const progress = { statements: 3, parts: 1, bytes: 9, cursor: 'at', first: 5 };
    expect(await jobs.save(job, lease('one', time + 9_000), progress)).toMatchObject({ progress });
    expect(await jobs.save(job, lease('one', time + 9_000))).toMatchObject({ progress });
    expect(await jobs.take(job, lease('two'), time + 8_999)).toBeUndefined();
    expect(await jobs.take(job, lease('two'), time + 9_000)).toMatchObject({ attempts: 1, job: { progress } });
  });

  it('ends once, is not taken any more, and is forgotten in the end', async () => {
    const job = await make();
    await jobs.take(job, lease('one'), time);
    expect(await jobs.listOpen({ limit: 10 })).toEqual({ items: [{ store: 'a', id: job.id }] });
    expect(await jobs.end(job, 'one', anEnd({ to: 'failed', failure: 'Why.' }))).toBe(true);
    expect(await jobs.end(job, 'one', anEnd())).toBe(false);
    const ended = { state: 'failed', failure: 'Why.', ended: time, progress: { statements: 7 } };
    expect(await jobs.get(job)).toMatchObject(ended);
    expect(await jobs.take(job, lease('two'), time + DAY)).toBeUndefined();
    expect(await jobs.listOpen({ limit: 10 })).toEqual({ items: [] });
    time += 31 * DAY;
    expect(await jobs.get(job)).toBeUndefined();
    expect(await jobs.list('a', 'export', { limit: 10 })).toEqual({ items: [] });
  });

  it('is cancelled whatever its state, once, and open until what it has made is deleted', async () => {
    const job = await make();
    await jobs.take(job, lease('one'), time);
    await jobs.end(job, 'one', anEnd({ to: 'failed', failure: 'Why.' }));
    const cancel = { kind: 'job', cancel: job, time: time + 5 } as const;
    expect(await commit(cancel)).toBe('done');
    expect(await commit(cancel)).toBe('changed');
    const cancelled = await jobs.get(job);
    expect(cancelled).toMatchObject({ state: 'cancelled', ended: time + 5 });
    expect(cancelled).not.toHaveProperty('failure');
    expect((await jobs.listOpen({ limit: 10 })).items).toHaveLength(1);
    expect(await jobs.take(job, lease('two'), time)).toMatchObject({ job: { state: 'cancelled' } });
    expect(await jobs.end(job, 'two', anEnd())).toBe(false);
    expect(await jobs.end(job, 'two', anEnd({ from: 'cancelled', to: 'cancelled' }))).toBe(true);
    expect((await jobs.listOpen({ limit: 10 })).items).toEqual([]);
    expect(await commit({ kind: 'job', cancel: { ...job, id: newJobId(1, randomBytes) }, time })).toBe('changed');
  });

  it('is not ended by a worker while somebody cancels it', async () => {
    const job = await make();
    await jobs.take(job, lease('one'), time);
    await commit({ kind: 'job', cancel: job, time });
    expect(await jobs.end(job, 'one', anEnd())).toBe(false);
    expect(await jobs.save(job, lease('one'))).toMatchObject({ state: 'cancelled' });
  });
});

describe('jobs', () => {
  it('are listed by store and kind, the newest first, in full pages', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      made.unshift((await make()).id);
      await make({ task: { kind: 'lake-backfill', until: time, rate: 1 } });
      await make({ store: 'b' });
    }
    const exports = await allOf((page) => jobs.list('a', 'export', page), 2);
    expect(exports.map(({ id }) => id)).toEqual(made);
    expect(await allOf((page) => jobs.list('a', 'lake-backfill', page), 3)).toHaveLength(5);
    const open = await allOf((page) => jobs.listOpen(page), 4);
    expect(open).toHaveLength(15);
    expect(new Set(open.map(({ store }) => store))).toEqual(new Set(['a', 'b']));
  });

  it('go on at no place but the end of a page', async () => {
    await expect(jobs.list('a', 'export', { limit: 1, after: 'x' })).rejects.toMatchObject({
      code: 'parameter-invalid',
    });
  });
});
