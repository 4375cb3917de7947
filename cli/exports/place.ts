import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { ExportAnswer } from '#access/admin-api.ts';
import { Failure, wrongUsage } from '#cli/failure.ts';

/** Where the files of an export go: all into a folder, or joined into one file. */
export interface Place {
  readonly kind: 'folder' | 'file';
  /** Absolute. */
  readonly path: string;
}

const SUFFIXES: Readonly<Record<string, string>> = { jsonl: 'jsonl.gz', csv: 'csv', parquet: 'parquet' };

/** What names of files end in that say what is in them. */
const TELLING = /\.(?:csv|gz|json|jsonl|ndjson|parquet)$/iu;

/** What files of an export are called. */
const OF_EXPORT = /^(?:part-\d+\..*|attachments(?:-\d+\.jsonl\.gz)?)$/u;

/** Found out before anything is sent. @throws Failure 2 */
export async function givenPlace(
  workingFolder: string,
  output: string | undefined,
  hasAttachments: boolean,
): Promise<Place | undefined> {
  if (output === undefined) return undefined;
  const path = resolve(workingFolder, output);
  const there = await stat(path).catch(() => undefined);
  if (/[/\\]$/u.test(output) || there?.isDirectory() === true) {
    await refuseFilesOfExport(path);
    return { kind: 'folder', path };
  }
  if (there !== undefined) throw wrongUsage(`${path} is there already: give another --output.`);
  if (hasAttachments) throw wrongUsage(`Attachments are files of their own: give a folder, --output ${output}/.`);
  return { kind: 'file', path };
}

/** Two exports in one folder could not be told apart. */
async function refuseFilesOfExport(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const found = names.find((name) => OF_EXPORT.test(name));
  if (found !== undefined) throw wrongUsage(`${join(folder, found)} is there already: give another --output.`);
}

/** What is wrong with the name of the file that an export becomes: others would take it for something else. */
export function nameFault(place: Place | undefined, format: string): string | undefined {
  const suffix = SUFFIXES[format];
  if (place?.kind !== 'file' || suffix === undefined || !TELLING.test(place.path)) return undefined;
  if (place.path.toLowerCase().endsWith(extname(`all.${suffix}`))) return undefined;
  const what = format === 'jsonl' ? 'jsonl, which is gzip' : format;
  return `${basename(place.path)} is no name for ${what}: let it end in .${suffix}`;
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
  const fault = nameFault(given, format);
  if (fault !== undefined) throw new Failure(`${fault}.`);
  if (given.kind === 'folder' || isOne) return given;
  const what = attachments ? 'with attachments' : `of ${progress.files} Parquet files`;
  throw new Failure(`An export ${what} cannot be one file: give a folder, lrs export download ${id} --output folder/.`);
}
