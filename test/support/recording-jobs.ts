import { randomBytes, randomUUID } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { type Job, type JobTask, newJobId, NO_PROGRESS } from '#access/job.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { anExport } from '#test/support/jobs.ts';
import type { Installation, RecordedFunction, Scenario } from '#test/support/recording-function.ts';
import { bodiesOf } from '#test/support/recording-knowledge.ts';
import { addToLake, isCommit, statementsOf } from '#test/support/recording-lake.ts';
import { anAttachment } from '#test/support/signed-statements.ts';
import { aDraft } from '#test/support/statement-drafts.ts';
import { anActivity, anAgent } from '#test/support/statements.ts';

/** Milliseconds: what was stored so long ago is consistent, so that no job waits for it. */
const AGO = 60_000;
const COURSE = anActivity('exported-course', { extensions: { 'http://example.com/syllabus': 'x'.repeat(20_000) } });

function registryOf({ tables }: Installation): DynamoDbRegistry {
  return new DynamoDbRegistry({
    client: tables.client,
    tableName: tables.names.registry,
    retentionDays: 400,
    now: Date.now,
  });
}

/** Past every recorder, as the management API makes it. */
async function make(installation: Installation, task: JobTask): Promise<Job> {
  const created = Date.now() - AGO / 2;
  const id = newJobId(created, randomBytes);
  const job = {
    store: DEFAULT_STORE,
    id,
    task,
    created,
    createdBy: 'key',
    state: 'queued',
    progress: NO_PROGRESS,
  } as const;
  const audit = { store: DEFAULT_STORE, time: created, action: 'export-created', subject: id, result: 'done' } as const;
  expect(await registryOf(installation).commit({ changes: [{ kind: 'job', put: job }], audit })).toBe('done');
  return job;
}

async function carryOut({ invoke }: RecordedFunction, { store, id }: Job): Promise<unknown> {
  return JSON.parse(await invoke({ store, job: id }));
}

/** What all exports read: a large body, definitions, an attachment, and an array whose journal is open no more. */
async function fill(installation: Installation): Promise<readonly string[]> {
  const store = statementsOf(installation, () => Date.now() - AGO);
  const ids = Array.from({ length: 130 }, () => randomUUID());
  const [first = '', second = '', ...others] = ids;
  const extensions = { 'http://example.com/large': randomBytes(400_000).toString('base64') };
  await store.store(DEFAULT_STORE, [aDraft(first, { result: { extensions } })]);
  await store.store(DEFAULT_STORE, [aDraft(second, { attachments: [anAttachment(Buffer.from('certificate'))] })]);
  const taken = { actor: anAgent('exported'), object: COURSE };
  await store.store(
    DEFAULT_STORE,
    others.map((id) => aDraft(id, taken)),
  );
  await new DynamoDbActivityStore(bodiesOf(installation)).learn(DEFAULT_STORE, [COURSE]);
  return ids;
}

/** In each form, of everything, of what an index finds and of what no index finds, and of one statement. */
export const exported: Scenario = async (recorded, installation) => {
  const [first = ''] = await fill(installation);
  const tasks: readonly JobTask[] = [
    anExport({}, { attachments: true }),
    anExport({ statementId: first }),
    anExport({ agent: anAgent('exported'), format: 'canonical' }, { languages: 'en' }),
    anExport({ activity: COURSE.id, related_activities: true }, { format: 'csv', columns: ['id'] }),
    anExport({ verb: 'http://example.com/unknown' }, { format: 'parquet' }),
    anExport({ registration: randomUUID() }),
  ];
  for (const task of tasks) expect(await carryOut(recorded, await make(installation, task))).toBe('done');
};

/** Files that are not wanted any more. */
export const cancelled: Scenario = async (recorded, installation) => {
  const job = await make(installation, anExport());
  expect(await carryOut(recorded, job)).toBe('done');
  const audit = { store: DEFAULT_STORE, time: Date.now(), action: 'export-cancelled', result: 'done' } as const;
  const changes = [{ kind: 'job', cancel: job, time: Date.now() }] as const;
  expect(await registryOf(installation).commit({ changes, audit })).toBe('done');
  expect(await carryOut(recorded, job)).toBe('cancelled');
};

/** Leaves nothing that keys of actors are made with. */
async function forgetLakeSecret({ tables }: Installation): Promise<void> {
  const Key = { pk: { S: '*|lake' }, sk: { S: 'lake' } };
  await tables.sdk.send(new DeleteItemCommand({ TableName: tables.names.registry, Key }));
}

/** Statements that are not in the lake yet, while another writer is faster; then none, which a new process has to find out. */
export const backfilled: Scenario = async (recorded, installation) => {
  await fill(installation);
  await forgetLakeSecret(installation);
  await recorded.restart();
  const backfill = { kind: 'lake-backfill', until: Date.now(), rate: 10_000 } as const;
  recorded.recorder.meanwhile(isCommit, () => addToLake(installation));
  expect(await carryOut(recorded, await make(installation, backfill))).toBe('done');
  await recorded.restart();
  expect(await carryOut(recorded, await make(installation, backfill))).toBe('done');
};

/** Jobs that nobody is at. */
export const swept: Scenario = async ({ invoke }, installation) => {
  await make(installation, anExport());
  // And what other functions have left.
  expect(JSON.parse(await invoke({}))).toEqual({
    called: expect.toSatisfy((called: number) => called >= 1),
    failed: 0,
  });
};
