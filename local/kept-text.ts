import { readFile } from 'node:fs/promises';
import { unlessAbsent } from '#local/file-errors.ts';

/**
 * The text of a file, undefined where there is none.
 *
 * @throws Node's errors of the file system, with their `path`, which Node leaves out where a folder has the name
 */
export async function keptText(file: string): Promise<string | undefined> {
  try {
    return await unlessAbsent(readFile(file, 'utf8'));
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path: file }) : error;
  }
}
