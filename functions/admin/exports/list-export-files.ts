import type { ExportFileAnswer } from '#access/admin-api.ts';
import { NO_BODY } from '#functions/admin/api/body.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { pageRequest } from '#functions/admin/api/query.ts';
import { timeText } from '#functions/admin/api/time.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { type ExportFile, filesOf } from '#functions/admin/exports/files-of.ts';
import { type JobOf, managedJob } from '#functions/admin/jobs/managed-job.ts';
import { exportFolder } from '#storage/export-files.ts';

/** Seconds for which a link is good. */
const GOOD_FOR = 15 * 60;

export const listExportFiles = operation({
  id: 'listExportFiles',
  method: 'GET',
  path: '/exports/{export}/files',
  tag: 'Exports',
  summary: 'Get links to the files of an export',
  details:
    `Those that are written until now, the files of statements first. A link is good for ${GOOD_FOR / 60} minutes, and needs ` +
    'no credential: treat it like the file. Each look leaves a record in the audit. The files themselves go some days ' +
    'after they were written; then there are none.',
  access: 'admin',
  query: ['store', 'limit', 'after'],
  body: NO_BODY,
  answer: { status: 200, schema: 'export-file', isList: true },
  refusals: [],
  handle: async (deps, { principal, request, segment, query }) => {
    const page = pageRequest(query);
    const job = await managedJob(deps, principal, 'export', { store: query.store, id: segment('export') });
    const { items, ...next } = job.state === 'cancelled' ? { items: [] } : await filesOf(deps, job, page);
    const time = deps.now();
    await deps.auditLog.append({
      store: job.store,
      time,
      principal: principal.key,
      source: request.source,
      requestId: request.id,
      action: 'export-read',
      subject: job.id,
      result: 'done',
    });
    const expires = timeText(time + GOOD_FOR * 1_000);
    const answers = await Promise.all(items.map((file) => fileAnswer(deps, job, file, expires)));
    return { value: { items: answers, ...next } };
  },
});

async function fileAnswer(
  { exportLinks }: AdminDeps,
  job: JobOf<'export'>,
  { name, bytes }: ExportFile,
  expires: string,
): Promise<ExportFileAnswer> {
  const url = await exportLinks.linkTo(`${exportFolder(job)}${name}`, GOOD_FOR);
  return { name, kind: kindOf(name), bytes, url, expires };
}

function kindOf(name: string): ExportFileAnswer['kind'] {
  if (name.startsWith('part-')) return 'statements';
  return name.startsWith('attachments/') ? 'attachment' : 'attachment-list';
}
