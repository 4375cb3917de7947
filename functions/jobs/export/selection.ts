import type { ExportTask, Job, JobProgress } from '#access/job.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { untilConsistent } from '#functions/jobs/until-consistent.ts';
import { readExportQuery } from '#http/statements/export-query.ts';
import type { Format, SingleStatementRequest, StatementsRequest } from '#http/statements/statement-parameters.ts';
import type { StatementPage } from '#storage/statement-store.ts';

/** Of a page that is read at once. Contents of attachments, of up to 4 MiB a statement, take more time than statements. */
const PAGE_STATEMENTS = 500;
const PAGE_WITH_ATTACHMENTS = 50;
const PAGE_BYTES = 4_000_000;

/** The statements of an export, in their order. */
export interface Selection {
  readonly format: Format;
  /** The page that goes on where the progress ends; the last one has no `next`. @param room bytes of one page, or of its only statement more */
  read(progress: JobProgress, room: number): Promise<StatementPage>;
}

type ExportJob = Omit<Job, 'task'> & { readonly task: ExportTask };
type Deps = Pick<JobsDeps, 'statements' | 'sleep'>;

/** What was there when the export was asked for: nothing that is added later is part of it. */
export async function selectionOf(deps: Deps, job: ExportJob): Promise<Selection> {
  const wanted = readExportQuery(job.task.query);
  await untilConsistent(deps, job.created);
  const read =
    wanted.kind === 'single'
      ? () => readOne(deps, job, wanted)
      : (progress: JobProgress, room: number) => readPage(deps, job, wanted, { progress, room });
  return { format: wanted.format, read };
}

/** A voided statement by `voidedStatementId` only, any other by `statementId` only (xAPI 1.0.3, Communication 2.1.4). */
async function readOne(
  { statements }: Deps,
  { store }: ExportJob,
  { id, voided }: SingleStatementRequest,
): Promise<StatementPage> {
  const found = await statements.get(store, id);
  return { statements: found?.voided === voided ? [found] : [] };
}

async function readPage(
  { statements }: Deps,
  { store, created, task }: ExportJob,
  { filters, ascending, limit }: StatementsRequest,
  { progress: { statements: already, cursor }, room }: { readonly progress: JobProgress; readonly room: number },
): Promise<StatementPage> {
  const left = limit === 0 ? Number.POSITIVE_INFINITY : limit - already;
  const page = await statements.query({
    store,
    filters: { ...filters, until: Math.min(filters.until ?? created, created) },
    ascending,
    limit: Math.min(left, task.attachments ? PAGE_WITH_ATTACHMENTS : PAGE_STATEMENTS),
    ...(cursor !== undefined && { after: cursor }),
    maxBytes: Math.min(room, PAGE_BYTES),
    mayBeEmpty: true,
  });
  return page.statements.length < left ? page : { statements: page.statements };
}
