import type { ExportTask, Job } from '#access/job.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { CsvPart } from '#functions/jobs/export/csv-part.ts';
import { JsonLinesPart } from '#functions/jobs/export/jsonl-part.ts';
import { ParquetPart } from '#functions/jobs/export/parquet-part.ts';
import type { Part } from '#functions/jobs/export/part.ts';

export async function newPart(
  { rowContext }: Pick<JobsDeps, 'rowContext'>,
  { store, task: { format, columns = [] } }: Omit<Job, 'task'> & { readonly task: ExportTask },
): Promise<Part> {
  if (format === 'jsonl') return new JsonLinesPart();
  return format === 'csv' ? new CsvPart(columns) : new ParquetPart(await rowContext(store));
}
