import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { ExportAnswer, ExportFileAnswer, ListAnswer } from '#access/admin-api.ts';
import type { Query } from '#cli/api/api.ts';
import { isForNow, pauseAfter } from '#cli/api/retry.ts';
import type { Session } from '#cli/commands/session.ts';
import type { Place } from '#cli/exports/place.ts';
import { Failure } from '#cli/failure.ts';
import { createProgress } from '#cli/output/progress.ts';

/** Files whose links are asked for at once: they have to be got before the links end. */
const PAGE = '10';

/** Milliseconds that a file may take. */
const TIMEOUT = 10 * 60_000;

const LINE_END = Buffer.from('\r\n');

/**
 * Gets all files of an export. As one file, they are joined: gzip goes on after gzip, and CSV without the names of columns.
 *
 * @returns what was written, absolute
 * @throws Failure
 */
export async function download(
  session: Session,
  { id, format }: ExportAnswer,
  query: Query,
  place: Place,
): Promise<readonly string[]> {
  const progress = createProgress(session.shell);
  const written: string[] = [];
  const beginning = `${place.path}.incomplete`;
  try {
    if (place.kind === 'file') {
      await mkdir(dirname(beginning), { recursive: true });
      await writeFile(beginning, '');
    }
    for await (const { name, content } of filesOf(session, id, query)) {
      progress.update(`file ${written.length + 1}: ${name}`);
      const isFirst = written.length === 0;
      written.push(join(place.path, name));
      if (place.kind === 'folder') await writeInto(place.path, name, content);
      else await appendFile(beginning, format === 'csv' && !isFirst ? withoutNames(content) : content);
    }
    if (written.length === 0) {
      throw new Failure('The files of the export are not there any more: they go some days after it was made.');
    }
    if (place.kind === 'folder') return written;
    await rename(beginning, place.path);
    return [place.path];
  } catch (error) {
    throw isOfFiles(error) ? new Failure(`${place.path} cannot be written: ${error.message}.`) : error;
  } finally {
    progress.end();
    // A folder that could not be made has nothing in it.
    if (place.kind === 'file') await rm(beginning, { force: true }).catch(() => undefined);
  }
}

/** No right to write, no space left, a file where a folder should be. */
function isOfFiles(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

interface NamedContent {
  readonly name: string;
  readonly content: Buffer;
}

async function* filesOf(session: Session, id: string, query: Query): AsyncGenerator<NamedContent> {
  let after: string | undefined;
  do {
    const ask = { method: 'GET', path: ['exports', id, 'files'], query: { ...query, limit: PAGE, after } } as const;
    let page = await session.api.send<ListAnswer<ExportFileAnswer>>(ask);
    for (const { name } of page.items) {
      const isOver = (expires: string): boolean => Date.parse(expires) <= session.shell.now();
      if (page.items.some(({ expires }) => isOver(expires))) page = await session.api.send(ask);
      const url = page.items.find((file) => file.name === name)?.url;
      if (url === undefined) throw new Failure(`${name} is not there any more.`);
      yield { name, content: await contentAt(session, url, name) };
    }
    after = page.next;
  } while (after !== undefined);
}

/** The link says all that S3 wants to know: the credential of the LRS goes nowhere else. */
async function contentAt({ shell }: Session, url: string, name: string): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await shell.fetch(url, { signal: AbortSignal.timeout(TIMEOUT) }).catch(() => undefined);
    const content = response?.ok === true ? await response.arrayBuffer().catch(() => undefined) : undefined;
    if (content !== undefined) return Buffer.from(content);
    const isPassing = response === undefined || response.ok || isForNow(response.status);
    const pause = isPassing ? pauseAfter(attempt, null) : undefined;
    if (pause === undefined) {
      const why = response === undefined ? 'nobody answers' : `status ${response.status}`;
      throw new Failure(`${name} cannot be got (${why}).`);
    }
    await shell.sleep(pause);
  }
}

/** @param name of the file within the export, which may be in a folder there */
async function writeInto(folder: string, name: string, content: Buffer): Promise<void> {
  const path = join(folder, name);
  if (relative(folder, path).startsWith('..')) throw new Failure(`${name} is no name of a file.`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** No name of a column has the end of a line in it. */
function withoutNames(csv: Buffer): Buffer {
  return csv.subarray(csv.indexOf(LINE_END) + LINE_END.length);
}
