export interface Assumption {
  readonly value: number;
  readonly unit: string;
  /** Why this value, or where it is from. */
  readonly source: string;
}

/** What is neither measured nor in a price list. Each can be set to another value by `--assume name=value`. */
export const ASSUMPTIONS = {
  dynamoDbMs: {
    value: 10,
    unit: 'ms a round trip',
    source: 'upper end of the "single-digit millisecond" that the DynamoDB developer guide promises',
  },
  s3Ms: {
    value: 100,
    unit: 'ms a request',
    source: 'S3 user guide, performance guidelines: small objects in 100 to 200 ms',
  },
  vcpuMemory: {
    value: 1_769,
    unit: 'MB with which a function has one vCPU',
    source: 'Lambda developer guide, "Configure Lambda function memory"',
  },
  coldShare: {
    value: 0.01,
    unit: 'of all requests start a process',
    source: 'Lambda developer guide: typically under 1 % of invocations',
  },
  initMs: {
    value: 400,
    unit: 'ms of INIT, which is billed',
    source: 'allowance for the start of the Node runtime, the import of the bundle and the first connections',
  },
  transactionIndexFactor: {
    value: 1,
    unit: 'write units for an index row of a transaction',
    source: 'as the engine counts; 2 if AWS counts index rows of transactions as it does items',
  },
  credentialReads: {
    value: 0.1,
    unit: 'of all requests read their credential',
    source: 'each process keeps a credential for 30 seconds',
  },
  lots: {
    value: 0.1,
    unit: 'of all requests write a lot of what was counted',
    source:
      'each process writes after 100 requests or a minute: 0.01 under load, 1 where there is one request a minute',
  },
  keeperRuns: { value: 730, unit: 'calls of the keeper a month', source: 'counted in the template: every hour' },
  sealed: {
    value: 10,
    unit: 'counters that a run of the keeper seals into the audit',
    source: 'one for each credential that reads in an hour, and for each reason and address of failures',
  },
  lakeMinutes: {
    value: 20_000,
    unit: 'minutes of a month in which statements arrive',
    source: 'about half of them; for each, what writes the lake is called once, with the window of a minute',
  },
  lakeBatch: {
    value: 2_000,
    unit: 'statements that fill a batch before the minute is over',
    source: 'Lambda developer guide: 6 MB; a change of a statement is up to 3 KB with what it was before',
  },
  lakeWriteMs: {
    value: 0.1,
    unit: 'ms of a processor to write a statement into the lake',
    source: 'docs/performance.md: 0.10 to 0.11',
  },
  lakeCompactMs: {
    value: 0.05,
    unit: 'ms of the function to compact a statement once',
    source: 'docs/performance.md: 0.035, with the 1.7 processors that the function has',
  },
  lakeRewrites: {
    value: 12,
    unit: 'times that a statement is compacted',
    source:
      'every hour in which its day gets more, until a file has 64 MB: half of the hours of a day, fewer with more load',
  },
  lakeBytes: {
    value: 140,
    unit: 'bytes of a statement in the lake, the exact JSON included',
    source: 'docs/performance.md: 137 bytes once compacted',
  },
  lakeTwinBytes: {
    value: 50,
    unit: 'bytes of a statement in the twin without names',
    source: 'docs/performance.md: 47 bytes once compacted',
  },
  compactorRuns: { value: 730, unit: 'calls of the compactor a month', source: 'counted in the template: every hour' },
  jobRuns: {
    value: 730,
    unit: 'calls a month to look for jobs that were left',
    source: 'counted in the template: every hour',
  },
  athenaScannedGb: {
    value: 10,
    unit: 'GB a month that queries read',
    source: 'a report a day over a million statements, of which it reads some columns',
  },
  newKnowledge: {
    value: 0.02,
    unit: 'of all statements tell a new activity or name',
    source: 'one in 50; what a process has learnt costs nothing again',
  },
  functionLogBytes: {
    value: 600,
    unit: 'bytes a request',
    source: "the function's one line with its metrics; Lambda writes none of its own",
  },
  accessLogBytes: {
    value: 450,
    unit: 'bytes a request',
    source: 'the line of API Gateway',
  },
  logStoredShare: {
    value: 0.15,
    unit: 'of ingested log bytes are stored',
    source: 'compression that the examples of the CloudWatch pricing page reckon with',
  },
  refusalCodes: {
    value: 5,
    unit: 'different errors among refused writes',
    source: 'each is a metric of its own; the other metrics are counted in runtime/metric-names.ts',
  },
  alarms: {
    value: 70,
    unit: 'metrics in alarms, each of which is charged',
    source: 'counted in the template of a production stage',
  },
  kmsRequests: {
    value: 250_000,
    unit: 'requests a month with a customer-managed key',
    source: 'DynamoDB asks at most every 5 minutes for each caller and table: 13 functions, 3 tables',
  },
  wafRules: { value: 2, unit: 'rules', source: 'counted in the template' },
  tracedShare: {
    value: 0.05,
    unit: 'of requests are traced, beside one a second',
    source: "X-Ray's default sampling",
  },
  replyHeaderBytes: { value: 700, unit: 'bytes a reply', source: 'status line and headers, allowance' },
  peakFactor: {
    value: 10,
    unit: 'times the average of the month at the busiest moment',
    source: 'learning happens in hours of work and before deadlines',
  },
} as const satisfies Readonly<Record<string, Assumption>>;

export type AssumptionName = keyof typeof ASSUMPTIONS;
export type Assumptions = Readonly<Record<AssumptionName, number>>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `Object.keys` forgets the names
export const ASSUMPTION_NAMES = Object.keys(ASSUMPTIONS) as readonly AssumptionName[];

/** All values, those that are not given as they stand above. */
export function assume(values: Partial<Assumptions> = {}): Assumptions {
  const entries = ASSUMPTION_NAMES.map((name) => [name, values[name] ?? ASSUMPTIONS[name].value] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is an entry for every name
  return Object.fromEntries(entries) as Assumptions;
}
