import type { ExportTask, Job } from '#access/job.ts';
import type { Chunk, ChunkOf, Pace } from '#functions/jobs/chunk.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { AttachmentCopies } from '#functions/jobs/export/attachment-copies.ts';
import { newPart } from '#functions/jobs/export/new-part.ts';
import type { Part } from '#functions/jobs/export/part.ts';
import { publish } from '#functions/jobs/export/publish.ts';
import { selectionOf } from '#functions/jobs/export/selection.ts';
import { progressAfter } from '#functions/jobs/progress-after.ts';
import { formatStatements } from '#http/statements/format-statements.ts';
import { attachmentListName, exportFolder, partName } from '#storage/export-files.ts';

/** Milliseconds after which what was found is written, or where nothing was found is saved. */
const LONGEST = 120_000;

type ExportJob = Omit<Job, 'task'> & { readonly task: ExportTask };

/** Writes the next file of an export. */
export const exportChunk: ChunkOf<ExportTask, JobsDeps> = async (deps, job, pace) => {
  const gathered = await gather(deps, job, pace);
  const { part, copies, progress, isLast } = gathered;
  // A query that finds nothing gives one file, too.
  if (part.statements === 0 && !(isLast && progress.parts === 0)) return { progress, isLast };
  const number = progress.parts + 1;
  const folder = exportFolder(job);
  if (!copies.isEmpty) {
    await publish(deps.objects, `${folder}${attachmentListName(number)}`, await copies.end(), pace);
  }
  const content = await part.end();
  await publish(deps.objects, `${folder}${partName(number, job.task.format)}`, content, pace);
  return { progress: { ...progress, parts: number, bytes: progress.bytes + content.length }, isLast };
};

interface Gathered extends Chunk {
  readonly part: Part;
  readonly copies: AttachmentCopies;
}

/** Reads statements until the file is full, or the time over. */
async function gather(deps: JobsDeps, job: ExportJob, pace: Pace): Promise<Gathered> {
  const { task } = job;
  const part = await newPart(deps, job);
  const copies = new AttachmentCopies(deps, job);
  const selection = await selectionOf(deps, job);
  const ends = deps.now() + LONGEST;
  let progress = job.progress;
  let isLast = false;
  while (!isLast && part.bytes < deps.partBytes && deps.now() < ends && pace.hasTime()) {
    const { statements, next } = await selection.read(progress, deps.partBytes - part.bytes);
    const reader = { store: job.store, languages: task.languages, mayKnow: () => true };
    const texts = await formatStatements(deps.activities, reader, selection.format, statements);
    await part.add(statements, texts);
    if (task.attachments) await copies.add(statements, pace);
    progress = progressAfter(progress, statements, next);
    isLast = next === undefined;
    await pace.beat();
  }
  return { part, copies, progress, isLast };
}
