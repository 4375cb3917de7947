import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionName, type Right, RIGHTS } from '#lib/rights.ts';
import { ROUTED_FUNCTIONS } from '#lib/routes.ts';
import { bucketNames, type Installation, install, SECRET_ARN } from '#test/support/recording-function.ts';
import { type Grant, type Policy, policyOf } from '#test/support/recording-policy.ts';
import { placesIn } from '#test/support/recording-places.ts';
import { report, unreached } from '#test/support/recording-report.ts';
import { SCENARIOS } from '#test/support/recording-scenarios.ts';

const NAMES: readonly FunctionName[] = [
  ...ROUTED_FUNCTIONS,
  'keeper',
  'lake-writer',
  'lake-compactor',
  'jobs',
  'bootstrap-credential',
];

/** Who counts what is audited has the code with it that notes single events. */
const EVENT_NOTER = ["storage/dynamodb/event-notes.ts: call('PutItem'"];

/** Of functions that authorize requests and record nothing but counts. */
const COUNTING = EVENT_NOTER;

/** Who reads large bodies has the code with it that keeps them. */
const BLOB_WRITER = [
  'storage/s3/blob-store.ts: bucket.send',
  'storage/s3/blob-store.ts: bucket.send',
  "storage/s3/blob-store.ts: method: 'DELETE'",
  "storage/s3/blob-store.ts: method: 'PUT'",
];

/** Whoever puts items one by one has the code with it that deletes them so. */
const SINGLE_DELETE = ["storage/dynamodb/writes.ts: call('DeleteItem'"];

const SINGLE_WRITES = [...SINGLE_DELETE, "storage/dynamodb/writes.ts: call('PutItem'"];

/** What is deployed sends each write alone. */
const GROUPED_WRITES = ["storage/dynamodb/grouped-writes.ts: call('TransactWriteItems'"];

/** Who reads what is known of a subject has the code with it that learns it. */
const KNOWLEDGE_LEARNER = [
  'storage/dynamodb/body-items.ts: blobs.delete',
  'storage/dynamodb/body-items.ts: blobs.put',
  'storage/dynamodb/knowledge.ts: readItems',
  ...BLOB_WRITER,
];

/** And to learn is all that it would read many items for, or write any. */
const KNOWLEDGE_WRITER = ["storage/dynamodb/batch.ts: call('BatchGetItem'", ...SINGLE_WRITES, ...KNOWLEDGE_LEARNER];

/** Who keeps documents that are deleted one by one has the code with it that deletes many. */
const DELETION_OF_MANY = [
  "storage/dynamodb/batch.ts: call('BatchWriteItem'",
  'storage/dynamodb/document-store.ts: deleteItems',
];

/** Who changes what is registered has the code with it that makes and cancels jobs. */
const JOBS_MAKER = Array<string>(3).fill('storage/dynamodb/jobs/job-changes.ts: Put');

/** Who registers a credential has the code with it that manages all that is registered. */
const MANAGEMENT = [
  "storage/dynamodb/batch.ts: call('BatchGetItem'",
  ...JOBS_MAKER,
  "storage/dynamodb/registry/read-range.ts: call('Query'",
  'storage/dynamodb/registry/registry-changes.ts: Delete',
  'storage/dynamodb/registry/registry-changes.ts: Delete',
  'storage/dynamodb/registry/registry-changes.ts: Put',
  'storage/dynamodb/registry/registry-changes.ts: Put',
  'storage/dynamodb/registry/registry.ts: readItems',
];

/** Who reads statements, or whether an array of them is committed, has the code with it that stores them. */
const STATEMENT_WRITER = [
  "storage/dynamodb/batch.ts: call('BatchWriteItem'",
  'storage/dynamodb/statements/statements-table.ts: Put',
  'storage/dynamodb/statements/statements-table.ts: Update',
  "storage/dynamodb/statements/statements-table.ts: call('DeleteItem'",
  "storage/dynamodb/statements/statements-table.ts: call('TransactWriteItems'",
  'storage/dynamodb/statements/statements-table.ts: putItems',
  ...SINGLE_WRITES,
];

/** Who reads journals has the code with it that reads statements. */
const STATEMENT_READER = [
  "storage/dynamodb/batch.ts: call('BatchGetItem'",
  "storage/dynamodb/statements/statements-table.ts: call('Query'",
  'storage/dynamodb/statements/statements-table.ts: readItems',
];

/** Who adds to the lake has the code with it that lists and deletes. */
const LAKE_KEEPER = ["storage/s3/object-store.ts: method: 'DELETE'", "storage/s3/object-store.ts: method: 'GET'"];

/**
 * What is proven of each function: its scenarios are denied nothing; they need every action, kind of key and prefix of its
 * policy; and they run every place in its bundle that asks something of AWS, but for those listed here, to which nothing
 * in the function leads.
 *
 * What is not: that a place which serves several kinds of keys or prefixes is run with each of them. What is known of
 * activities and of persons is kept by the same code, and so are all large bodies. Nor that each place is known: requests
 * are found by how they are written today (`test/support/recording-places.ts`), and a command of the SDK that is at no
 * place is told, but only if it is at none.
 */
const UNREACHABLE: Readonly<Record<FunctionName, readonly string[]>> = {
  statements: [...SINGLE_DELETE, ...GROUPED_WRITES],
  activities: [...COUNTING, ...KNOWLEDGE_WRITER],
  agents: [...COUNTING, ...KNOWLEDGE_WRITER],
  'activities-state': [...COUNTING, ...GROUPED_WRITES],
  'activities-profile': [...COUNTING, ...DELETION_OF_MANY, ...GROUPED_WRITES],
  'agents-profile': [...COUNTING, ...DELETION_OF_MANY, ...GROUPED_WRITES],
  about: [],
  admin: [
    ...EVENT_NOTER,
    "storage/dynamodb/ticket-store.ts: call('UpdateItem'",
    // Who reads and lists files has the code with it that writes them.
    "storage/s3/object-store.ts: method: 'DELETE'",
    "storage/s3/object-store.ts: method: 'GET'",
    "storage/s3/object-store.ts: method: 'HEAD'",
    "storage/s3/object-store.ts: method: 'PUT'",
    "storage/s3/object-store.ts: method: 'PUT'",
  ],
  oauth: [
    ...EVENT_NOTER,
    ...MANAGEMENT,
    // Of all that is managed it publishes signing keys only.
    ...Array<string>(3).fill('storage/dynamodb/registry/registry-changes.ts: Put'),
    "storage/dynamodb/ticket-store.ts: call('PutItem'",
  ],
  keeper: [],
  'lake-writer': [...STATEMENT_READER, ...STATEMENT_WRITER, ...BLOB_WRITER, ...LAKE_KEEPER],
  'lake-compactor': [],
  jobs: [
    ...STATEMENT_WRITER,
    ...KNOWLEDGE_LEARNER,
    'storage/dynamodb/statements/statement-writer.ts: blobs.put',
    "storage/dynamodb/statements/statements-table.ts: call('UpdateItem'",
    'storage/s3/attachment-store.ts: bucket.send',
    "storage/s3/attachment-store.ts: method: 'PUT'",
  ],
  'bootstrap-credential': MANAGEMENT,
};

/** What the constructs of functions grant besides the rights that are listed. */
const OTHER_GRANTS: Readonly<Partial<Record<FunctionName, readonly Grant[]>>> = {
  'bootstrap-credential': [{ action: 'secretsmanager:GetSecretValue', resource: SECRET_ARN }],
};

const LIMIT = 120_000;

let installation: Installation;

beforeAll(async () => {
  installation = await install(NAMES);
});

afterAll(() => installation.remove());

/** All but the right to read a stream: Lambda does that before it calls the function, which asks nothing of a stream itself. */
function deployedPolicy(name: FunctionName): Policy {
  const rights: readonly Right[] = RIGHTS[name];
  const asked = rights.filter((right) => !('stream' in right));
  return [...policyOf(asked, installation.tables.names, bucketNames(installation)), ...(OTHER_GRANTS[name] ?? [])];
}

describe('the rights', () => {
  it('are those of all functions', () => {
    expect([...NAMES].toSorted()).toEqual(Object.keys(RIGHTS).toSorted());
  });
});

describe.each(NAMES)('the function %s', (name) => {
  it(
    'does all it does under its own policy, and needs all of it',
    async () => {
      const { denied, unneeded, runs, failure } = await report(
        name,
        deployedPolicy(name),
        SCENARIOS[name],
        installation,
      );
      expect(denied).toEqual([]);
      if (failure !== undefined) throw new Error(`A scenario ended early: ${failure.message}`, { cause: failure });
      expect(unneeded).toEqual([]);
      const { places, unplaced } = await placesIn(name);
      expect(unreached(places, runs)).toEqual(UNREACHABLE[name].toSorted());
      expect(unplaced).toEqual([]);
    },
    LIMIT,
  );
});
