import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbStatementStore } from '#storage/dynamodb/statements/statement-store.ts';
import { PositionSource, writerFrom } from '#storage/position.ts';
import { S3BlobStore } from '#storage/s3/blob-store.ts';
import type { StatementFilters } from '#storage/statement-store.ts';
import { DEFAULT_STORE } from '#storage/store-id.ts';
import { InProcessHorizon } from '#storage/write-horizon.ts';
import { freshBucket, freshTables } from '#test/support/engine.ts';
import { readPage, sectionOf, tableRows } from '#test/support/markdown.ts';
import { type Cost, meter } from '#test/support/metered-client.ts';
import { draftStatement } from '#xapi/statement/draft.ts';
import { type Statement, type StatementDraft, VOIDING_VERB } from '#xapi/statement/statement.ts';

const LEARNER = { account: { homePage: 'https://lms.example.com', name: 'learner-1' } };
const LEARNER_IFI = 'account|https://lms.example.com|learner-1';
const VERB = 'http://adlnet.gov/expapi/verbs/completed';
const MODULE = 'https://lms.example.com/courses/safety/modules/1';
const COURSE = 'https://lms.example.com/courses/safety';
const REGISTRATION = 'c2f8e2b4-7d64-4f0e-9d3f-0b8a5a1f3a11';
const PAGE = 50;

let store: DynamoDbStatementStore;
let measure: (operation: () => Promise<unknown>) => Promise<Cost>;

/** About 1.3 KB of JSON. */
function aTypicalStatement(overrides: Partial<Statement> = {}): Statement {
  return {
    actor: { objectType: 'Agent', name: 'Sally Glider', ...LEARNER },
    verb: { id: VERB, display: { 'en-US': 'completed' } },
    object: {
      objectType: 'Activity',
      id: MODULE,
      definition: {
        type: 'http://adlnet.gov/expapi/activities/module',
        name: { 'en-US': 'Module 1' },
        description: { 'en-US': 'A module about safety at work and how to keep it.' },
      },
    },
    result: {
      score: { scaled: 0.87, raw: 87, min: 0, max: 100 },
      success: true,
      completion: true,
      duration: 'PT12M30.5S',
    },
    context: {
      registration: REGISTRATION,
      platform: 'Example LMS',
      language: 'en-US',
      contextActivities: {
        parent: [{ id: COURSE, definition: { type: 'http://adlnet.gov/expapi/activities/course' } }],
        grouping: [{ id: 'https://lms.example.com/programs/onboarding' }],
        category: [{ id: 'https://w3id.org/xapi/cmi5/context/categories/cmi5' }],
      },
      extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': randomUUID() },
    },
    timestamp: '2030-01-31T08:05:09.123Z',
    ...overrides,
  };
}

function aDraft(statement: Statement = aTypicalStatement()): StatementDraft {
  const authority = { account: { homePage: 'http://localhost', name: 'key' } };
  return draftStatement(statement, statement, { id: randomUUID(), authority, version: '2.0.0' });
}

function aReference(id: string, verb = VERB): StatementDraft {
  return aDraft({ actor: LEARNER, verb: { id: verb }, object: { objectType: 'StatementRef', id } });
}

function write(...drafts: readonly StatementDraft[]): Promise<unknown> {
  return store.store(DEFAULT_STORE, drafts);
}

function page(filters: StatementFilters): Promise<unknown> {
  return store.query({ store: DEFAULT_STORE, filters, ascending: false, limit: PAGE, maxBytes: 4_000_000 });
}

function drafts(count: number): readonly StatementDraft[] {
  return Array.from({ length: count }, () => aDraft());
}

/** Each prepares what it needs and returns what is measured. */
const OPERATIONS: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  'page by time': async () => () => page({}),
  'page by agent': async () => () => page({ agent: LEARNER_IFI }),
  'page by verb': async () => () => page({ verb: VERB }),
  'page by activity': async () => () => page({ activity: MODULE }),
  'page by registration': async () => () => page({ registration: REGISTRATION }),
  'page by agent, verb and activity, among 100 of the agent': async () => () =>
    page({ agent: LEARNER_IFI, verb: VERB, activity: MODULE }),
  'page by related activity': async () => () => page({ activity: COURSE, relatedActivities: true }),
  'page by related agent': async () => () => page({ agent: LEARNER_IFI, relatedAgents: true }),
  'store one statement': async () => () => write(aDraft()),
  'store an array of 50': async () => () => write(...drafts(50)),
  'store an array of 350': async () => () => write(...drafts(350)),
  'replay a statement': async () => {
    const draft = aDraft();
    await write(draft);
    return () => write(draft);
  },
  'get by id': async () => {
    const draft = aDraft();
    await write(draft);
    return () => store.get(DEFAULT_STORE, draft.id);
  },
  'store a reference to a stored statement': async () => {
    const target = aDraft();
    await write(target);
    return () => write(aReference(target.id));
  },
  'store a reference to a statement to come': async () => () => write(aReference(randomUUID())),
  'store the statement that was referred to': async () => {
    const target = aDraft();
    await write(aReference(target.id));
    return () => write(target);
  },
  'void a stored statement': async () => {
    const target = aDraft();
    await write(target);
    return () => write(aReference(target.id, VOIDING_VERB));
  },
  'void a statement to come': async () => () => write(aReference(randomUUID(), VOIDING_VERB)),
  'store the statement that was voided': async () => {
    const target = aDraft();
    await write(aReference(target.id, VOIDING_VERB));
    return () => write(target);
  },
};

beforeAll(async () => {
  const { client, names } = await freshTables();
  const bucket = await freshBucket();
  measure = meter(client);
  store = new DynamoDbStatementStore({
    client,
    tableName: names.statements,
    blobs: new S3BlobStore({ name: bucket.name, client: async () => bucket.client }),
    horizon: new InProcessHorizon(new PositionSource(Date.now, writerFrom(Math.random)), Date.now),
    now: Date.now,
    commitBound: 10_000,
    shards: 1,
  });
  await write(...drafts(2 * PAGE));
});

describe('access patterns in docs/data-model.md', () => {
  const rows = tableRows(sectionOf(readPage('docs/data-model.md'), 'Access patterns'));

  it('are those that are measured here', () => {
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(Object.keys(OPERATIONS)));
  });

  it.each(Object.entries(OPERATIONS))('%s', async (name, prepare) => {
    const documented =
      rows
        .find(([operation]) => operation === name)
        ?.slice(1)
        .map(Number) ?? [];
    const [roundTrips = 0, writeUnits = 0, readUnits = 0] = documented;
    const cost = await measure(await prepare());
    expect(cost.roundTrips).toBe(roundTrips);
    expect(cost.writeUnits).toBeLessThanOrEqual(writeUnits);
    expect(cost.readUnits).toBeLessThanOrEqual(readUnits);
    expect(cost.writeUnits + cost.readUnits).toBeGreaterThan((writeUnits + readUnits) / 2);
  });
});
