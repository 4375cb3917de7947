/**
 * The metrics of the functions in CloudWatch. Functions write them, stacks graph them and raise alarms, and
 * `docs/reference/metrics.md` explains them, all by these names.
 */

/** Values of the dimension `resource`: the folders below `functions/` of what answers requests. */
export const RESOURCES = [
  'statements',
  'activities',
  'activities-state',
  'activities-profile',
  'agents',
  'agents-profile',
  'about',
  'admin',
  'oauth',
] as const;

export type ResourceName = (typeof RESOURCES)[number];

/** A dimension is the member of this name in the line of the log. `code` is that of the error, from `xapi/errors.ts`. */
export type Dimension = 'resource' | 'code';

export interface Metric {
  readonly unit: 'Milliseconds' | 'Count';
  /** All together identify the metric; none: there is one for the whole deployment. */
  readonly dimensions: readonly Dimension[];
  /** Whether the metric is also written without dimensions: an alarm cannot add up what it does not know the values of. */
  readonly total?: true;
}

/**
 * A count is written when there is something to count, never as zero: CloudWatch charges for a metric in the hours in
 * which it is written. So `Latency`, which every request has, is also what counts requests (its `SampleCount`).
 */
export const METRICS = {
  /** From the moment the function had the request until its answer was ready. */
  Latency: { unit: 'Milliseconds', dimensions: ['resource'] },
  /** Requests answered with 4xx. */
  ClientErrors: { unit: 'Count', dimensions: ['resource'] },
  /** Requests answered with 5xx: defects, overload and time-outs. */
  ServerErrors: { unit: 'Count', dimensions: ['resource'] },
  /** Requests that were the first of their process. */
  ColdStarts: { unit: 'Count', dimensions: ['resource'] },
  /** Statements that were not there before, in requests that were acknowledged. */
  StatementsStored: { unit: 'Count', dimensions: [] },
  /** Statements in answers. */
  StatementsReturned: { unit: 'Count', dimensions: [] },
  /** PUTs and POSTs of statements, whatever the answer. */
  StatementWrites: { unit: 'Count', dimensions: [] },
  /** Those of them that were answered with 4xx. */
  StatementWritesRefused: { unit: 'Count', dimensions: ['code'], total: true },
  /** Requests answered with 401. */
  AuthenticationsFailed: { unit: 'Count', dimensions: [] },
  /** Requests answered with 429. */
  RequestsLimited: { unit: 'Count', dimensions: [] },
  /** Lines at level error: what somebody has to look at. */
  ErrorsLogged: { unit: 'Count', dimensions: [] },
  /** From `stored` of the oldest statement of a batch until readers of the lake see it. */
  LakeLag: { unit: 'Milliseconds', dimensions: [] },
  /** Statements written to the lake. */
  LakeRows: { unit: 'Count', dimensions: [] },
  /** Statements taken out of the lake, because they were voided or erased. */
  LakeRowsRemoved: { unit: 'Count', dimensions: [] },
  /** Jobs that have done all that they were to do. */
  JobsFinished: { unit: 'Count', dimensions: [] },
  /** Jobs that were given up. */
  JobsFailed: { unit: 'Count', dimensions: [] },
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
