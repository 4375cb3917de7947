import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ExportAnswer } from '#access/admin-api.ts';
import { Failure, wrongUsage } from '#cli/failure.ts';

/** Where the files of an export go: all into a folder, or joined into one file. */
export interface Place {
  readonly kind: 'folder' | 'file';
  /** Absolute. */
  readonly path: string;
}

const SUFFIXES: Readonly<Record<string, string>> = { jsonl: 'jsonl.gz', csv: 'csv', parquet: 'parquet' };

/** Found out before anything is sent. @throws Failure 2 */
export async function givenPlace(
  workingFolder: string,
  output: string | undefined,
  hasAttachments: boolean,
): Promise<Place | undefined> {
  if (output === undefined) return undefined;
  const path = resolve(workingFolder, output);
  const there = await stat(path).catch(() => undefined);
  if (/[/\\]$/u.test(output) || there?.isDirectory() === true) return { kind: 'folder', path };
  if (there !== undefined) throw wrongUsage(`${path} is there already: give another --output.`);
  if (hasAttachments) throw wrongUsage(`Attachments are files of their own: give a folder, --output ${output}/.`);
  return { kind: 'file', path };
}

/** @param given absent: below the working folder, by the id of the export. @throws Failure */
export function placeFor(
  workingFolder: string,
  { id, format, attachments, progress }: ExportAnswer,
  given: Place | undefined,
): Place {
  const isOne = !attachments && (format !== 'parquet' || progress.files === 1);
  if (given === undefined) {
    return isOne
      ? { kind: 'file', path: join(workingFolder, `export-${id}.${SUFFIXES[format] ?? format}`) }
      : { kind: 'folder', path: join(workingFolder, `export-${id}`) };
  }
  if (given.kind === 'folder' || isOne) return given;
  const what = attachments ? 'with attachments' : `of ${progress.files} Parquet files`;
  throw new Failure(`An export ${what} cannot be one file: give a folder, lrs export download ${id} --output folder/.`);
}
