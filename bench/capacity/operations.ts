import { randomBytes, randomUUID } from 'node:crypto';
import { summaryOf } from '#access/counted-event.ts';
import { DynamoDbActivityStore } from '#storage/dynamodb/activity-store.ts';
import { DynamoDbAuditLog } from '#storage/dynamodb/audit/audit-log.ts';
import { DynamoDbDocumentStore } from '#storage/dynamodb/document-store.ts';
import type { DynamoDb } from '#storage/dynamodb/dynamodb.ts';
import { DynamoDbEventCounters } from '#storage/dynamodb/event-counters.ts';
import { DynamoDbSealableEvents } from '#storage/dynamodb/sealable-events.ts';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { DynamoDbUsageCounter } from '#storage/dynamodb/usage-counter.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3AttachmentStore } from '#storage/s3/attachment-store.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import type { ObjectSender } from '#storage/s3/bucket.ts';
import type { DocumentKey } from '#storage/document-store.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { DEFAULT_STORE } from '#access/store.ts';
import type { TableNames } from '#local/tables.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { type StatementDraft, VOIDING_VERB } from '#xapi/statement/statement.ts';
import { COURSE, LEARNER_IFI, MODULE, REGISTRATION, type TypicalDrafts, VERB } from '#bench/support/typical.ts';

export const PAGE = 50;
const OWNER = { store: DEFAULT_STORE, authority: 'mbox|mailto:content@example.com', actor: LEARNER_IFI };
const STORE = DEFAULT_STORE;

/** Prepares what it needs and returns what is measured. */
export type Operation = () => Promise<() => Promise<unknown>>;

type Operations = Readonly<Record<string, Operation>>;

export interface Stores {
  readonly statements: DynamoDbStatementStore;
  readonly documents: DynamoDbDocumentStore;
  readonly activities: DynamoDbActivityStore;
  readonly attachments: S3AttachmentStore;
  readonly usage: DynamoDbUsageCounter;
  readonly counters: DynamoDbEventCounters;
  readonly sealable: DynamoDbSealableEvents;
  readonly audit: DynamoDbAuditLog;
}

export interface Tables {
  readonly client: DynamoDb;
  readonly names: TableNames;
}

export function openStores({ client, names }: Tables, objects: ObjectSender, shards = 1): Stores {
  const blobs = new S3BlobStore(objects);
  const bodies = { client, table: names.documents, blobs, newId: randomUUID };
  const chain = { client, tableName: names.registry, retentionDays: 400, now: Date.now };
  return {
    statements: new DynamoDbStatementStore({
      client,
      tableName: names.statements,
      blobs,
      horizon: new InProcessHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now),
      now: Date.now,
      commitBound: 10_000,
      shards,
    }),
    documents: new DynamoDbDocumentStore(bodies),
    activities: new DynamoDbActivityStore(bodies),
    attachments: new S3AttachmentStore(objects),
    usage: new DynamoDbUsageCounter(client, names.registry),
    counters: new DynamoDbEventCounters(client, names.registry),
    sealable: new DynamoDbSealableEvents(chain),
    audit: new DynamoDbAuditLog(chain),
  };
}

/**
 * Every operation whose costs are listed, over stores that hold 100 typical statements; the pages are of these.
 *
 * @param drafts of what is stored
 */
export function operationsOn(stores: Stores, drafts: TypicalDrafts) {
  return {
    ...readsOf(stores, drafts),
    ...writesOf(stores, drafts),
    ...referencesOf(stores, drafts),
    ...othersOf(stores),
    ...countsOf(stores),
  };
}

function countsOf({ usage, counters, sealable, audit }: Stores) {
  const hour = '2026-03-01T09';
  const subject = { store: STORE, principal: 'content', day: '2026-03-01' };
  const events = { store: STORE, action: 'statements-read', principal: 'content', counts: { singles: 100 } } as const;
  const record = { store: STORE, time: 0, principal: 'content', action: 'bulk-read', result: 'done' } as const;
  return {
    'write a lot of counted requests': async () => {
      await usage.add(subject, 1);
      return () => usage.add(subject, 100);
    },
    'write a lot of counted events': async () => () => counters.add(hour, events),
    'record in the audit': async () => {
      await audit.append(record);
      return () => audit.append(record);
    },
    'look for what was counted in an hour': async () => () => sealable.list(hour, { limit: 100 }),
    'seal what was counted': async () => {
      await counters.add(hour, events);
      return () => sealable.seal(STORE, [{ from: { hour, events }, record: summaryOf(events, hour, 0) }]);
    },
  } satisfies Operations;
}

function writesOf({ statements, activities }: Stores, drafts: TypicalDrafts) {
  const write = (...all: readonly StatementDraft[]) => statements.store(STORE, all);
  return {
    'store one statement': async () => () => write(drafts.one()),
    'store an array of 10': async () => () => write(...drafts.array(10)),
    'store an array of 50': async () => () => write(...drafts.array(50)),
    'store an array of 100': async () => () => write(...drafts.array(100)),
    'store an array of 350': async () => () => write(...drafts.array(350)),
    'replay a statement': async () => {
      const draft = drafts.one();
      await write(draft);
      return () => write(draft);
    },
    'learn a new activity': async () => () =>
      activities.learn(STORE, [{ id: `${MODULE}/${randomUUID()}`, definition: { name: { 'en-US': 'Module' } } }]),
  } satisfies Operations;
}

function referencesOf({ statements }: Stores, drafts: TypicalDrafts) {
  const write = (...all: readonly StatementDraft[]) => statements.store(STORE, all);
  return {
    'store a reference to a stored statement': async () => {
      const target = drafts.one();
      await write(target);
      return () => write(drafts.reference(target.id));
    },
    'store a reference to a statement to come': async () => () => write(drafts.reference(randomUUID())),
    'store the statement that was referred to': async () => {
      const target = drafts.one();
      await write(drafts.reference(target.id));
      return () => write(target);
    },
    'void a stored statement': async () => {
      const target = drafts.one();
      await write(target);
      return () => write(drafts.reference(target.id, VOIDING_VERB));
    },
    'void a statement of an array of 50': async () => {
      const array = drafts.array(50);
      await write(...array);
      return () => write(drafts.reference(array[0]?.id ?? '', VOIDING_VERB));
    },
    'void a statement to come': async () => () => write(drafts.reference(randomUUID(), VOIDING_VERB)),
    'store the statement that was voided': async () => {
      const target = drafts.one();
      await write(drafts.reference(target.id, VOIDING_VERB));
      return () => write(target);
    },
  } satisfies Operations;
}

function readsOf({ statements }: Stores, drafts: TypicalDrafts) {
  const page = (filters: StatementFilters) => async () => () =>
    statements.query({ store: STORE, filters, ascending: false, limit: PAGE, maxBytes: 4_000_000 });
  const related = { activity: COURSE, relatedActivities: true };
  return {
    'page by time': page({}),
    'page by agent': page({ agent: LEARNER_IFI }),
    'page by verb': page({ verb: VERB }),
    'page by activity': page({ activity: MODULE }),
    'page by registration': page({ registration: REGISTRATION }),
    'page by agent, verb and activity, among 100 of the agent': page({
      agent: LEARNER_IFI,
      verb: VERB,
      activity: MODULE,
    }),
    'page by related activity': async () => {
      for (const draft of drafts.array(PAGE + 10)) await statements.store(STORE, [draft]);
      return page(related)();
    },
    'page by related activity, of an array': page(related),
    'page by related agent': page({ agent: LEARNER_IFI, relatedAgents: true }),
    'get by id': async () => {
      const draft = drafts.one();
      await statements.store(STORE, [draft]);
      return () => statements.get(STORE, draft.id);
    },
  } satisfies Operations;
}

function othersOf({ documents, attachments }: Stores) {
  const put = (key: DocumentKey, bytes: number) => {
    const content = randomBytes(bytes);
    const document = { contentType: 'application/json', content, etag: `"${'e'.repeat(40)}"`, updated: Date.now() };
    return documents.put(key, document, undefined);
  };
  const stored = async (bytes: number, then: (key: DocumentKey) => Promise<unknown>) => {
    const key = aState();
    await put(key, bytes);
    return () => then(key);
  };
  return {
    'put a state of 500 bytes': async () => () => put(aState(), 500),
    'get a state of 500 bytes': () => stored(500, (key) => documents.get(key)),
    'delete a state of 500 bytes': () => stored(500, (key) => documents.delete(key, undefined)),
    'put a state of 20 KB': async () => () => put(aState(), 20_000),
    'get a state of 20 KB': () => stored(20_000, (key) => documents.get(key)),
    'put an attachment': async () => () => attachments.put(OWNER, randomBytes(32).toString('hex'), randomBytes(1_000)),
    'get an attachment': async () => {
      const sha2 = randomBytes(32).toString('hex');
      await attachments.put(OWNER, sha2, randomBytes(1_000));
      return () => attachments.get(OWNER, sha2);
    },
  } satisfies Operations;
}

function aState(): DocumentKey {
  return {
    store: STORE,
    resource: 'state',
    owner: [MODULE, LEARNER_IFI],
    registration: REGISTRATION,
    id: randomUUID(),
  };
}
