import type { Batch } from './capacity.ts';

/** What a month brings, and how the LRS is deployed. */
export interface Workload {
  readonly statements: number;
  /** Statements in one request. */
  readonly batch: Batch;
  /** GETs of one statement by its id. */
  readonly reads: number;
  /** Pages of 50 statements. */
  readonly pages: number;
  /** As many states are written, and as many read. */
  readonly documents: number;
  /** Statements that bring an attachment, each in a request of its own. */
  readonly attachments: number;
  readonly attachmentKb: number;
  /** GETs of one statement with its attachment. */
  readonly attachmentReads: number;
  /** All months have been like this one, and nothing is deleted; the bill is that of the last. */
  readonly months: number;
  /** MB. */
  readonly memory: number;
  readonly shards: number;
  readonly logRetentionDays: number;
  readonly customerManagedKey: boolean;
  readonly edge: boolean;
  readonly tracing: boolean;
}

export const DEFAULT_WORKLOAD: Workload = {
  statements: 1_000_000,
  batch: 1,
  reads: 0,
  pages: 0,
  documents: 0,
  attachments: 0,
  attachmentKb: 100,
  attachmentReads: 0,
  months: 1,
  memory: 1_024,
  shards: 1,
  logRetentionDays: 90,
  customerManagedKey: false,
  edge: false,
  tracing: false,
};
