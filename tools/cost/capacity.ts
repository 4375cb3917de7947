/** What one operation takes of DynamoDB and S3. */
export interface Capacity {
  /** Requests to DynamoDB one after another; those that overlap count as one. */
  readonly roundTrips: number;
  readonly writeUnits: number;
  /** Those of the write units that are index rows written by a transaction. */
  readonly transactedIndexUnits: number;
  readonly readUnits: number;
  readonly s3Puts: number;
  readonly s3Gets: number;
}

function takes(roundTrips: number, units: Partial<Omit<Capacity, 'roundTrips'>> = {}): Capacity {
  return { roundTrips, writeUnits: 0, transactedIndexUnits: 0, readUnits: 0, s3Puts: 0, s3Gets: 0, ...units };
}

/**
 * What each operation takes, with one shard and in a warm process. The one place of these figures: they are measured by
 * `test/integration/docs/costs.test.ts`, listed in `docs/data-model.md` and reckoned with by the cost model.
 */
export const CAPACITY = {
  'store one statement': takes(1, { writeUnits: 9 }),
  'store an array of 10': takes(1, { writeUnits: 46 }),
  'store an array of 50': takes(1, { writeUnits: 162 }),
  'store an array of 100': takes(4, { writeUnits: 315 }),
  'store an array of 350': takes(4, { writeUnits: 1_095 }),
  'replay a statement': takes(1),
  'get by id': takes(1, { readUnits: 1 }),
  'page by time': takes(1, { readUnits: 2 }),
  'page by agent': takes(1, { readUnits: 2.5 }),
  'page by verb': takes(1, { readUnits: 2.5 }),
  'page by activity': takes(1, { readUnits: 2.5 }),
  'page by registration': takes(1, { readUnits: 2.5 }),
  'page by agent, verb and activity, among 100 of the agent': takes(1, { readUnits: 2.5 }),
  'page by related activity': takes(1, { readUnits: 6.5 }),
  'page by related activity, of an array': takes(2, { readUnits: 7.5 }),
  'page by related agent': takes(2, { readUnits: 4 }),
  'store a reference to a stored statement': takes(4, { writeUnits: 12, readUnits: 1 }),
  'store a reference to a statement to come': takes(4, { writeUnits: 6, readUnits: 1 }),
  'store the statement that was referred to': takes(5, { writeUnits: 16, readUnits: 2 }),
  'void a stored statement': takes(4, { writeUnits: 23, transactedIndexUnits: 11, readUnits: 1 }),
  'void a statement of an array of 50': takes(5, { writeUnits: 40, transactedIndexUnits: 3, readUnits: 1 }),
  'void a statement to come': takes(4, { writeUnits: 9, transactedIndexUnits: 3, readUnits: 1 }),
  'store the statement that was voided': takes(5, { writeUnits: 8, readUnits: 2 }),
  'learn a new activity': takes(2, { writeUnits: 1, readUnits: 1 }),
  'put a state of 500 bytes': takes(1, { writeUnits: 1 }),
  'get a state of 500 bytes': takes(1, { readUnits: 1 }),
  'delete a state of 500 bytes': takes(1, { writeUnits: 1 }),
  'put a state of 20 KB': takes(1, { writeUnits: 1, s3Puts: 1 }),
  'get a state of 20 KB': takes(1, { readUnits: 1, s3Gets: 1 }),
  'put an attachment': takes(0, { s3Puts: 1 }),
  'get an attachment': takes(0, { s3Gets: 1 }),
  'write a lot of counted requests': takes(1, { writeUnits: 1 }),
  'write a lot of counted events': takes(1, { writeUnits: 1 }),
  'record in the audit': takes(2, { writeUnits: 4, readUnits: 1 }),
  'look for what was counted in an hour': takes(1, { readUnits: 1 }),
  'seal what was counted': takes(2, { writeUnits: 6, readUnits: 1 }),
} as const satisfies Readonly<Record<string, Capacity>>;

export type OperationName = keyof typeof CAPACITY;

/** Statements in one request, as they are measured. */
export const BATCHES = [1, 10, 50, 100, 350] as const;

export type Batch = (typeof BATCHES)[number];

export const STORING = {
  1: 'store one statement',
  10: 'store an array of 10',
  50: 'store an array of 50',
  100: 'store an array of 100',
  350: 'store an array of 350',
} as const satisfies Readonly<Record<Batch, OperationName>>;

/**
 * Bytes that DynamoDB bills as stored for each statement, by the size of the array it came in: names and values of all
 * attributes and 100 bytes for every item and index row (DynamoDB developer guide, "DynamoDB item sizes and formats").
 */
export const STORED_BYTES = {
  1: { table: 917, indexes: 4_746 },
  10: { table: 1_335, indexes: 0 },
  50: { table: 1_062, indexes: 0 },
  100: { table: 1_091, indexes: 0 },
  350: { table: 1_090, indexes: 0 },
} as const satisfies Readonly<Record<Batch, { readonly table: number; readonly indexes: number }>>;

/** The statement that all of this is measured with: JSON as it is sent, and as it is given back. */
export const STATEMENT_BYTES = { sent: 1_140, returned: 1_330 } as const;

/** An item with a state of 500 bytes. */
export const STATE_BYTES = 933;

/**
 * CPU time of a warm process for one request, in milliseconds: from the event of the gateway to its result, without the
 * engines. Upper bounds, by `test/integration/docs/cpu.test.ts`, which allows a slower machine as much more as it is slower.
 */
export const CPU_MS = {
  store: { 1: 10, 10: 15, 50: 50, 100: 80, 350: 220 },
  get: 4,
  page: 12,
  putState: 4,
  getState: 4,
  /** Added for each KB of an attachment, each way. */
  attachmentKb: 0.15,
} as const;
