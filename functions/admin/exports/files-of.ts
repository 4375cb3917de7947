import type { Job } from '#access/job.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';
import { EXPORT_PREFIXES, exportFolder, partNumber } from '#storage/export-files.ts';
import type { Page, PageRequest } from '#storage/paging.ts';
import { XapiError } from '#xapi/errors.ts';
import { shorten } from '#xapi/shorten.ts';

export interface ExportFile {
  /** Within the export. */
  readonly name: string;
  readonly bytes: number;
}

/** The files of an export that count: those of statements first. @throws XapiError `parameter-invalid` */
export async function filesOf(
  { exportObjects }: Pick<AdminDeps, 'exportObjects'>,
  job: Omit<Job, 'task'>,
  { limit, after }: PageRequest,
): Promise<Page<ExportFile>> {
  const begin = after === undefined ? 0 : EXPORT_PREFIXES.findIndex((prefix) => after.startsWith(prefix));
  if (begin === -1 || after?.includes('..') === true) throw noPlace(after);
  const folder = exportFolder(job);
  const files: ExportFile[] = [];
  for (const [index, prefix] of EXPORT_PREFIXES.slice(begin).entries()) {
    const behind = index === 0 && after !== undefined ? `${folder}${after}` : undefined;
    for await (const { key, size } of exportObjects.list(`${folder}${prefix}`, behind)) {
      const name = key.slice(folder.length);
      // What was written last may be written again.
      if ((partNumber(name) ?? 0) > job.progress.parts) continue;
      if (files.length === limit) return { items: files, next: files.at(-1)?.name ?? '' };
      files.push({ name, bytes: size });
    }
  }
  return { items: files };
}

function noPlace(received: string | undefined): XapiError {
  return new XapiError({
    code: 'parameter-invalid',
    message: 'The place at which the list is to go on is none that a page of it has ended with.',
    path: 'after',
    expected: 'next of the page before',
    received: shorten(received),
  });
}
