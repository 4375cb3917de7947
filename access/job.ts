import type { StoreId } from '#access/store.ts';
import type { Actor } from '#xapi/statement/statement.ts';

/** `failed`: given up. `cancelled`: by somebody, and what it had made is deleted. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export type JobState = (typeof JOB_STATES)[number];

export const EXPORT_FORMATS = ['jsonl', 'csv', 'parquet'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The parameters of GET statements that choose and shape statements, as JSON (xAPI 1.0.3, Communication 2.1.3). */
export interface ExportQuery {
  readonly statementId?: string;
  readonly voidedStatementId?: string;
  readonly agent?: Actor;
  readonly verb?: string;
  readonly activity?: string;
  readonly registration?: string;
  readonly related_activities?: boolean;
  readonly related_agents?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly ascending?: boolean;
  readonly format?: 'ids' | 'exact' | 'canonical';
}

/** Writes statements into files. */
export interface ExportTask {
  readonly kind: 'export';
  /** As it was asked for. */
  readonly query: ExportQuery;
  readonly format: ExportFormat;
  /** Paths of members; of CSV only, which always has some. */
  readonly columns?: readonly string[];
  /** Whether the contents of attachments are copied, too. */
  readonly attachments: boolean;
  /** As `Accept-Language` has it, for the format `canonical`. */
  readonly languages?: string;
}

/** Tells the lake of statements that were stored before it was there, or that did not get there. */
export interface LakeBackfillTask {
  readonly kind: 'lake-backfill';
  /** Milliseconds since 1970; only statements stored after it. */
  readonly since?: number;
  /** Milliseconds since 1970; only statements stored at or before it. */
  readonly until: number;
  /** Statements a second that are read at most. */
  readonly rate: number;
}

export type JobTask = ExportTask | LakeBackfillTask;

export type JobKind = JobTask['kind'];

/** What was done, and from where it goes on. */
export interface JobProgress {
  /** That were dealt with. */
  readonly statements: number;
  /** Files of statements that were written. */
  readonly parts: number;
  /** Of these files. */
  readonly bytes: number;
  /** The position of the last statement that was looked at; absent at the beginning. */
  readonly cursor?: string;
  /** Milliseconds since 1970: `stored` of the first statement that was dealt with. */
  readonly first?: number;
}

export const NO_PROGRESS: JobProgress = { statements: 0, parts: 0, bytes: 0 };

/** How a job is found. */
export interface JobRef {
  readonly store: StoreId;
  readonly id: string;
}

/** What takes longer than a request may: it is done in chunks, by whichever worker has the time. */
export interface Job extends JobRef {
  readonly task: JobTask;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly createdBy: string;
  readonly state: JobState;
  readonly progress: JobProgress;
  /** Milliseconds since 1970; absent until then. */
  readonly ended?: number;
  /** Why it was given up: one sentence for people. */
  readonly failure?: string;
}

const TIME_WIDTH = 9;
const RANDOM_BYTES = 5;

/** Ids in their order are jobs in the order in which they were made. @param random unguessable bytes */
export function newJobId(now: number, random: (bytes: number) => Buffer): string {
  return now.toString(36).padStart(TIME_WIDTH, '0') + random(RANDOM_BYTES).toString('hex');
}

export function isJobId(text: string): boolean {
  return /^[0-9a-z]{9}[0-9a-f]{10}$/u.test(text);
}

/** Whether nothing is done for it any more. */
export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}
