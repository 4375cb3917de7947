import type { ExportAnswer } from '#access/admin-api.ts';
import { jobAnswer } from '#functions/admin/jobs/job-answer.ts';
import type { JobOf } from '#functions/admin/jobs/managed-job.ts';

export function exportAnswer(job: JobOf<'export'>): ExportAnswer {
  const { query, format, columns, attachments, languages } = job.task;
  const { statements, parts, bytes } = job.progress;
  return {
    ...jobAnswer(job),
    query,
    format,
    ...(columns !== undefined && { columns }),
    attachments,
    ...(languages !== undefined && { language: languages }),
    progress: { statements, files: parts, bytes },
  };
}
