import { readFileSync } from 'node:fs';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { unlessAbsent, unlessAbsentNow } from '#local/file-errors.ts';

/** Response headers of an object besides those that its file tells. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** Of an object that has no file of headers: as nearly all are that this project writes. */
export const PLAIN_HEADERS = { 'content-type': 'application/octet-stream' } as const satisfies ObjectHeaders;

/**
 * The headers of objects that are not plain, in files beside the tree of objects. A file is named after the object and its modification
 * time, and written before the object: so content and headers change in the same moment.
 */
export class HeaderFiles {
  readonly #directory: string;
  readonly #objects: string;

  constructor(directory: string, objects: string) {
    this.#directory = directory;
    this.#objects = objects;
  }

  /** @param modified of the object, in milliseconds since 1970. */
  async write(object: string, modified: number, headers: ObjectHeaders): Promise<void> {
    if (isDeepStrictEqual(headers, PLAIN_HEADERS)) return;
    const file = this.#file(object, modified);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(headers));
  }

  read(object: string, modified: number): ObjectHeaders | undefined {
    const text = unlessAbsentNow(() => readFileSync(this.#file(object, modified), 'utf8'));
    if (text === undefined) return undefined;
    const headers: ObjectHeaders = JSON.parse(text);
    return headers;
  }

  async remove(object: string, modified: number): Promise<void> {
    await unlessAbsent(unlink(this.#file(object, modified)));
  }

  #file(object: string, modified: number): string {
    return `${join(this.#directory, relative(this.#objects, object))}@${modified}`;
  }
}
