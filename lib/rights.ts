import type { TABLES } from '#storage/dynamodb/tables.ts';

export type TableKey = keyof typeof TABLES;

/** `exports` has the lake, too. */
export type BucketKey = 'attachments' | 'exports';

/** What is called by other functions, or by itself. */
export type InvokedFunction = 'lake-compactor' | 'jobs';

/**
 * What a function may do, and where. A transaction needs the right to each of its actions, none of its own.
 *
 * - `table`: the items whose partition key is like one of `keys`, of all items without `keys`.
 * - `indexes`: all indexes of a table.
 * - `stream`: the stream of a table. Lambda reads it, with the rights of the function that it calls with what it has read.
 * - `objects`: those of a bucket whose key begins with this prefix.
 * - `bucket`: a bucket itself.
 * - `secret`: the value of the secret that holds the keys which tokens are signed with.
 * - `invoke`: to call this function.
 */
export type Right =
  | { readonly table: TableKey; readonly actions: readonly string[]; readonly keys?: readonly string[] }
  | { readonly indexes: TableKey; readonly actions: readonly string[] }
  | { readonly stream: 'statements' }
  | { readonly objects: string; readonly bucket: BucketKey; readonly actions: readonly string[] }
  | { readonly bucket: BucketKey; readonly actions: readonly string[] }
  | { readonly secret: 'signing-keys'; readonly actions: readonly string[] }
  | { readonly invoke: InvokedFunction };

/** Who sends a request, in which store, by which credential, issuer or key. */
const AUTHENTICATE: Right = {
  table: 'registry',
  actions: ['GetItem'],
  keys: ['*|credential|*', '*|stores', '*|issuers', '*|signing-keys'],
};

/** Requests of credentials, and what of the audit is counted. */
const COUNT: Right = { table: 'registry', actions: ['UpdateItem'], keys: ['*|usage|*', '*|counts|*'] };

const AUTHORIZE: readonly Right[] = [AUTHENTICATE, COUNT];

/** Who asks for a token sends the secret of a credential, to no store in particular. */
const AUTHENTICATE_CLIENT: Right = {
  table: 'registry',
  actions: ['GetItem'],
  keys: ['*|credential|*', '*|signing-keys'],
};

/** Nothing that is in the audit may be deleted, but by DynamoDB itself, and it is written only where nothing is. */
const RECORD: readonly Right[] = [
  { table: 'registry', actions: ['GetItem'], keys: ['*|audit-head'] },
  { table: 'registry', actions: ['PutItem'], keys: ['*|audit', '*|audit-head'] },
];

/** Whoever finds no key to sign with makes one: publishes it, with a record of that, and then keeps it. */
const SIGN: readonly Right[] = [
  { table: 'registry', actions: ['PutItem'], keys: ['*|signing-keys'] },
  { secret: 'signing-keys', actions: ['GetSecretValue', 'PutSecretValue'] },
];

/** Stores, credentials and issuers, each with what lists it, and replies that are remembered. */
const MANAGE: readonly Right[] = [
  { table: 'registry', actions: ['GetItem'], keys: ['*|issuer-ids', '*|reply|*'] },
  { table: 'registry', actions: ['BatchGetItem'], keys: ['*|credential|*', '*|issuers', '*|usage|*'] },
  { table: 'registry', actions: ['Query'], keys: ['*|stores', '*|credentials', '*|issuer-ids', '*|audit'] },
  {
    table: 'registry',
    actions: ['PutItem'],
    keys: [
      '*|stores',
      '*|credential|*',
      '*|credentials',
      '*|issuers',
      '*|issuer-ids',
      '*|reply|*',
      // What a fetch URL gives once.
      '*|ticket|*',
    ],
  },
  {
    table: 'registry',
    actions: ['DeleteItem'],
    keys: ['*|credential|*', '*|credentials', '*|issuers', '*|issuer-ids'],
  },
];

/**
 * Jobs are made and cancelled, with the list of those that are open; files of exports are listed and linked to, with the
 * right to read them, and manifests of the lake are read.
 */
const EXPORT: readonly Right[] = [
  { table: 'registry', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], keys: ['*|jobs'] },
  { table: 'registry', actions: ['Query', 'PutItem'], keys: ['*|open-jobs'] },
  { objects: 'exports/', bucket: 'exports', actions: ['GetObject'] },
  { objects: 'lake/current/', bucket: 'exports', actions: ['GetObject'] },
  { bucket: 'exports', actions: ['ListBucket'] },
  { invoke: 'jobs' },
];

/** Who may not list a bucket is told 403, not 404, of an object that is not there. */
const KNOW_MISSING_OBJECTS: Right = { bucket: 'attachments', actions: ['ListBucket'] };

/** And what there is of the lake is known by listing it. */
const KNOW_MISSING_EXPORTS: Right = { bucket: 'exports', actions: ['ListBucket'] };

/** Documents of one kind: items, and the objects that hold large bodies. */
function readAndWriteDocuments(kind: string): readonly Right[] {
  return [
    ...AUTHORIZE,
    {
      table: 'documents',
      actions: ['GetItem', 'PutItem', 'DeleteItem', 'Query'],
      keys: [`*|${kind}|*`],
    },
    { objects: `${kind}/`, bucket: 'attachments', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
    KNOW_MISSING_OBJECTS,
  ];
}

function readKnowledge(kind: string): readonly Right[] {
  return [
    ...AUTHORIZE,
    { table: 'documents', actions: ['GetItem'], keys: [`*|${kind}|*`] },
    { objects: `${kind}/`, bucket: 'attachments', actions: ['GetObject'] },
    KNOW_MISSING_OBJECTS,
  ];
}

/**
 * By function. `test/integration/lib/rights.test.ts` runs each function under them, and fails on a call that is denied and on
 * a right that no call needs.
 */
export const RIGHTS = {
  statements: [
    ...AUTHORIZE,
    // What was voided, and read in bulk: noted for the keeper.
    { table: 'registry', actions: ['PutItem'], keys: ['*|events|*'] },
    {
      table: 'statements',
      actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'Query'],
    },
    { indexes: 'statements', actions: ['Query'] },
    {
      table: 'documents',
      actions: ['GetItem', 'BatchGetItem', 'PutItem'],
      keys: ['*|activities|*', '*|persons|*'],
    },
    { objects: 'attachments/', bucket: 'attachments', actions: ['GetObject', 'PutObject'] },
    { objects: 'statements/', bucket: 'attachments', actions: ['GetObject', 'PutObject'] },
    { objects: 'activities/', bucket: 'attachments', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
    { objects: 'persons/', bucket: 'attachments', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
    KNOW_MISSING_OBJECTS,
  ],
  activities: readKnowledge('activities'),
  agents: readKnowledge('persons'),
  'activities-state': [
    ...readAndWriteDocuments('state'),
    { table: 'documents', actions: ['BatchWriteItem'], keys: ['*|state|*'] },
  ],
  'activities-profile': readAndWriteDocuments('activity-profile'),
  'agents-profile': readAndWriteDocuments('agent-profile'),
  about: [],
  admin: [...AUTHORIZE, ...RECORD, ...SIGN, ...MANAGE, ...EXPORT],
  oauth: [
    AUTHENTICATE_CLIENT,
    COUNT,
    ...RECORD,
    ...SIGN,
    { table: 'registry', actions: ['GetItem', 'UpdateItem'], keys: ['*|ticket|*'] },
  ],
  keeper: [
    ...RECORD,
    { table: 'registry', actions: ['Query', 'DeleteItem'], keys: ['*|counts|*'] },
    { table: 'registry', actions: ['Query', 'UpdateItem'], keys: ['*|events|*'] },
  ],
  'lake-writer': [
    { stream: 'statements' },
    { table: 'registry', actions: ['GetItem', 'PutItem'], keys: ['*|lake'] },
    // Whether an array was stored as a whole; one that never will be is given up.
    { table: 'statements', actions: ['GetItem', 'UpdateItem'], keys: ['*|j|*'] },
    { objects: 'statements/', bucket: 'attachments', actions: ['GetObject'] },
    { objects: 'lake/', bucket: 'exports', actions: ['GetObject', 'PutObject'] },
    KNOW_MISSING_EXPORTS,
    { invoke: 'lake-compactor' },
  ],
  'lake-compactor': [
    { objects: 'lake/', bucket: 'exports', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
    KNOW_MISSING_EXPORTS,
  ],
  jobs: [
    { table: 'registry', actions: ['GetItem'], keys: ['*|jobs', '*|lake'] },
    { table: 'registry', actions: ['UpdateItem'], keys: ['*|jobs'] },
    { table: 'registry', actions: ['Query', 'DeleteItem'], keys: ['*|open-jobs'] },
    { table: 'registry', actions: ['PutItem'], keys: ['*|lake'] },
    { table: 'statements', actions: ['GetItem', 'BatchGetItem', 'Query'] },
    { indexes: 'statements', actions: ['Query'] },
    { table: 'documents', actions: ['GetItem'], keys: ['*|activities|*'] },
    { objects: 'attachments/', bucket: 'attachments', actions: ['GetObject'] },
    { objects: 'statements/', bucket: 'attachments', actions: ['GetObject'] },
    { objects: 'activities/', bucket: 'attachments', actions: ['GetObject'] },
    KNOW_MISSING_OBJECTS,
    { objects: 'lake/', bucket: 'exports', actions: ['GetObject', 'PutObject'] },
    { objects: 'exports/', bucket: 'exports', actions: ['GetObject', 'PutObject', 'DeleteObject'] },
    KNOW_MISSING_EXPORTS,
    { invoke: 'jobs' },
  ],
  'bootstrap-credential': [
    ...RECORD,
    { table: 'registry', actions: ['GetItem'], keys: ['*|credential|*', '*|registered|*'] },
    { table: 'registry', actions: ['PutItem'], keys: ['*|credential|*', '*|credentials', '*|registered|*'] },
  ],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type FunctionName = keyof typeof RIGHTS;

/** Those that no request reaches and that have to do with the lake, and with what gets out of the LRS at large. */
export const LAKE_FUNCTIONS = ['lake-writer', 'lake-compactor', 'jobs'] as const satisfies readonly FunctionName[];

export type LakeFunctionName = (typeof LAKE_FUNCTIONS)[number];
