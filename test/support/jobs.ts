import { randomBytes, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import {
  type ExportQuery,
  type ExportTask,
  type Job,
  type JobRef,
  type JobTask,
  newJobId,
  NO_PROGRESS,
} from '#access/job.ts';
import { createHandler } from '#functions/jobs/handler.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { ActorKeys } from '#lake/rows/actor-keys.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { languagePreference } from '#lake/rows/display-text.ts';
import { createLogger } from '#runtime/logger.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbJobStore } from '#storage/dynamodb/jobs/job-store.ts';
import { DynamoDbRegistry } from '#storage/dynamodb/registry/registry.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { exportFolder } from '#storage/export-files.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import { S3ObjectStore } from '#storage/s3/object-store.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { type FreshBucket, freshBucket, type FreshTables, freshTables } from '#test/support/engine.ts';
import { LAKE_SECRET, lakeWriterOn } from '#test/support/lake.ts';

/** All that jobs work on, fresh, and workers for them. */
export interface JobsWorld {
  readonly tables: FreshTables;
  readonly deps: JobsDeps;
  readonly registry: DynamoDbRegistry;
  readonly store: DynamoDbStatementStore;
  readonly attachments: S3AttachmentStore;
  readonly activities: DynamoDbActivityStore;
  /** Events that the function has called itself with, and nobody has taken. */
  readonly calls: object[];
  readonly log: string[];
  /** Makes a job, as the management API does. */
  make(task: JobTask, store?: string): Promise<Job>;
  /** Has jobs carried out until nobody is called any more. @returns the job then */
  finish(job: JobRef): Promise<Job>;
  /** The files of an export, by their names. */
  files(job: JobRef): Promise<ReadonlyMap<string, Buffer>>;
}

export function anExport(query: ExportQuery = {}, overrides: Partial<ExportTask> = {}): ExportTask {
  return { kind: 'export', query, format: 'jsonl', attachments: false, ...overrides };
}

interface Places {
  readonly tables: FreshTables;
  readonly exportsBucket: FreshBucket;
}

/** @param places that others work on, too */
export async function jobsWorld(options: Partial<JobsDeps> = {}, places?: Places): Promise<JobsWorld> {
  const [attachmentsBucket, tables, exportsBucket] = await Promise.all([
    freshBucket(),
    places?.tables ?? freshTables(),
    places?.exportsBucket ?? freshBucket(),
  ]);
  const { client, names } = tables;
  const now = options.now ?? Date.now;
  const blobs = new S3BlobStore(attachmentsBucket.bucket);
  const statements = new DynamoDbStatementStore({
    client,
    tableName: names.statements,
    blobs,
    horizon: new InProcessHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now),
    now: Date.now,
    commitBound: 10_000,
    shards: 1,
  });
  const attachments = new S3AttachmentStore(attachmentsBucket.bucket);
  const activities = new DynamoDbActivityStore({ client, table: names.documents, blobs, newId: randomUUID });
  const objects = new S3ObjectStore(exportsBucket.bucket, exportsBucket.name);
  const calls: object[] = [];
  const log: string[] = [];
  const deps: JobsDeps = {
    logger: createLogger('debug', (line) => log.push(line), Date.now),
    now,
    sleep: () => Promise.resolve(),
    newId: randomUUID,
    jobs: new DynamoDbJobStore({ client, tableName: names.registry, now }),
    statements,
    attachments,
    activities,
    objects,
    lake: lakeWriterOn(objects),
    marks: new RemovalMarks(objects),
    rowContext: async (store) => ({ keys: new ActorKeys(LAKE_SECRET, store), languages: languagePreference(['en']) }),
    self: { call: async (event) => void calls.push(event) },
    partBytes: 32 * 1024 * 1024,
    ...options,
  };
  const registry = new DynamoDbRegistry({ client, tableName: names.registry, retentionDays: 400, now });
  const handler = createHandler(deps);
  return {
    tables,
    deps,
    registry,
    store: statements,
    attachments,
    activities,
    calls,
    log,
    make: async (task, store = 'default') => {
      const time = now();
      const job: Job = {
        store,
        id: newJobId(time, randomBytes),
        task,
        created: time,
        createdBy: 'key',
        state: 'queued',
        progress: NO_PROGRESS,
      };
      const audit = { store, time, action: 'export-created', subject: job.id, result: 'done' } as const;
      const outcome = await registry.commit({ changes: [{ kind: 'job', put: job }], audit });
      if (outcome !== 'done') throw new Error(`The job was not made: ${outcome}`);
      return job;
    },
    finish: async (job) => {
      calls.push({ store: job.store, job: job.id });
      for (let event = calls.shift(); event !== undefined; event = calls.shift()) await handler(event);
      return jobNow(deps, job);
    },
    files: (job) => filesOf(deps, job),
  };
}

/** @throws Error when it is not there. */
export async function jobNow({ jobs }: Pick<JobsDeps, 'jobs'>, ref: JobRef): Promise<Job> {
  const job = await jobs.get(ref);
  if (job === undefined) throw new Error('There is no such job.');
  return job;
}

async function filesOf({ objects }: JobsDeps, job: JobRef): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { key } of objects.list(exportFolder(job))) {
    const found = await objects.get(key);
    files.set(key.slice(exportFolder(job).length), Buffer.from(found?.content ?? []));
  }
  return files;
}

/** The lines of all parts of an export as JSON Lines, in their order. */
export function linesIn(files: ReadonlyMap<string, Buffer>): readonly string[] {
  return [...files]
    .filter(([name]) => name.startsWith('part-'))
    .flatMap(([, content]) => gunzipSync(content).toString().split('\n').slice(0, -1));
}

/** The ids of statements that are JSON. */
export function idsOf(texts: readonly string[]): readonly string[] {
  return texts.map((text) => {
    const { id }: { id: string } = JSON.parse(text);
    return id;
  });
}
