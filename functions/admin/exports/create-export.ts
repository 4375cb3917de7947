import type { ExportTask } from '#access/job.ts';
import { jsonBody } from '#functions/admin/api/body.ts';
import { carryOut } from '#functions/admin/api/carry-out.ts';
import { operation } from '#functions/admin/api/operation.ts';
import { exportAnswer } from '#functions/admin/exports/export-answer.ts';
import { exportTask } from '#functions/admin/exports/export-task.ts';
import { callJobs } from '#functions/admin/jobs/call-jobs.ts';
import { checkRoom } from '#functions/admin/jobs/check-room.ts';
import { newJob } from '#functions/admin/jobs/new-job.ts';
import { managedStore } from '#functions/admin/stores/managed-store.ts';
import { isNewExport } from '#schemas/generated/admin-validators.js';

export const createExport = operation({
  id: 'createExport',
  method: 'POST',
  path: '/exports',
  tag: 'Exports',
  summary: 'Export statements into files',
  details:
    'A job writes them, which begins at once; look at the export to see how far it is. It has all statements that match and ' +
    'were acknowledged when it was asked for, each once, and none that was sent later. docs/operations/exports.md explains ' +
    'formats and the paths of columns.',
  access: 'admin',
  query: ['store'],
  body: jsonBody('new-export', isNewExport),
  answer: { status: 201, schema: 'export' },
  isRepeatable: true,
  refusals: [],
  handle: (deps, call) => {
    const task = exportTask(call.body);
    return carryOut(deps, call, async () => {
      const { id: store } = await managedStore(deps, call.principal, call.query.store);
      await checkRoom(deps, store);
      const job = newJob<'export'>(deps, task, { store, createdBy: call.principal.key, time: deps.now() });
      return {
        changes: [{ kind: 'job', put: job }],
        audit: { store, action: 'export-created', subject: job.id, details: detailsOf(task) },
        answer: { value: exportAnswer(job), location: locationOf(job.id, call.query.store) },
        afterwards: () => callJobs(deps, job),
      };
    });
  },
});

/** Names of filters only: a value may name a learner. */
function detailsOf({ query, format, attachments }: ExportTask) {
  return { filters: Object.keys(query).toSorted().join(' '), format, attachments };
}

function locationOf(id: string, store: string | undefined): string {
  return store === undefined ? `/exports/${id}` : `/exports/${id}?store=${store}`;
}
