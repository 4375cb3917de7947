import type { ExportFormat, JobRef } from '#access/job.ts';

/* Where the files of an export are in the bucket for exports. */

const SUFFIXES: Readonly<Record<ExportFormat, string>> = { jsonl: 'jsonl.gz', csv: 'csv', parquet: 'parquet' };

/** What the keys of all files of an export begin with. */
export function exportFolder({ store, id }: JobRef): string {
  return `exports/${store}/${id}/`;
}

/** Kinds of files, in the order in which they are listed. */
export const EXPORT_PREFIXES = ['part-', 'attachments-', 'attachments/'] as const;

/** A file of statements. @param number from 1 on */
export function partName(number: number, format: ExportFormat): string {
  return `part-${numeral(number)}.${SUFFIXES[format]}`;
}

/** What the attachments of the statements in a part are, a JSON object a line. */
export function attachmentListName(number: number): string {
  return `attachments-${numeral(number)}.jsonl.gz`;
}

/** A content. @param sha2 in lower case */
export function attachmentName(sha2: string): string {
  return `attachments/${sha2}`;
}

/** The number of a part, or of a list of attachments; undefined of a content. */
export function partNumber(name: string): number | undefined {
  const numeralOf = /^(?:part|attachments)-(\d+)\./u.exec(name)?.[1];
  return numeralOf === undefined ? undefined : Number(numeralOf);
}

function numeral(number: number): string {
  return String(number).padStart(5, '0');
}
